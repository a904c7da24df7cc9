/// How long an answer may be kept (RFC 9111 section 5.2.2.1).
enum CacheControl {
    /// The `max-age`, in seconds; 0 when nothing may be kept, nil when nothing is said.
    static func lifetime(_ field: String?) -> Int64? {
        guard let field else { return nil }
        let directives = field.lowercased().split(separator: ",").map { directive in
            directive.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
        }
        if directives.contains("no-store") || directives.contains("no-cache") { return 0 }
        return directives.first { $0.hasPrefix("max-age=") }.flatMap { Int64($0.dropFirst(8)) }
    }
}
