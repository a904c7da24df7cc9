import PluginKit

/// Reads the address of a page for people from the configuration.
enum PageAddress {
    /// The address without slashes at its end; nil when none is given.
    /// - Throws: `ToolError` with `invalid_argument` for anything but a plain `http` or `https` address.
    static func read(_ address: String?, _ name: String) throws(ToolError) -> String? {
        guard let address, !address.isEmpty else { return nil }
        let isPlain = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
        guard isPlain, address.hasPrefix("https://") || address.hasPrefix("http://"),
            !address.contains("?"), !address.contains("#"), !address.contains("@")
        else {
            throw ToolError(
                .invalidArgument,
                "\(name): must be an address such as https://monitor.example.org, without query and user."
            )
        }
        return String(address.reversed().drop { $0 == "/" }.reversed())
    }
}
