import PluginHosting

extension StaticCheck {
    static let exports = StaticCheck(name: "exports", subject: "the library exports beam_plugin_v1 and nothing else") {
        library,
        _ in
        let strangers = library.exports.filter { !isEntry($0) }.sorted()
        var findings: [Finding] = []
        if !library.exports.contains("beam_plugin_v1") {
            findings.append(
                Finding(
                    "beam_plugin_v1",
                    "The library does not export the entry point.",
                    remedy:
                        "Define beam_plugin_v1 as plugin_api.h declares it, in C++ inside extern \"C\", and keep it global in the version script."
                )
            )
        }
        if !strangers.isEmpty {
            let shown = strangers.prefix(5).joined(separator: ", ")
            let more = strangers.count > 5 ? " and \(strangers.count - 5) more" : ""
            findings.append(
                Finding(
                    shown + more,
                    "The library exports \(strangers.count) other symbols, which can clash with those of other plugins.",
                    remedy:
                        "Compile with -fvisibility=hidden and link with a version script: { global: beam_plugin_v*; local: *; };"
                )
            )
        }
        return findings
    }

    private static func isEntry(_ symbol: String) -> Bool {
        let prefix = "beam_plugin_v"
        let digits = symbol.utf8.dropFirst(prefix.utf8.count)
        return symbol.hasPrefix(prefix) && !digits.isEmpty
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
