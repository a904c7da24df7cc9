/// What a release that cannot be set up leaves in its output.
enum SetupFailure {
    /// The lines around it; nil when the release was set up.
    static func excerpt(of lines: [String]) -> LogExcerpt? {
        let failed = lines.indices.filter { index in
            let line = lines[index]
            return line.contains("!!!ERROR!!!") || line.contains("No matched release is found")
                || (line.contains("asetup") && line.contains("failed"))
        }
        guard let first = failed.first, let last = failed.last else { return nil }
        return LogExcerpt(of: lines, upTo: last + 1, matches: first + 1...last + 1)
    }
}
