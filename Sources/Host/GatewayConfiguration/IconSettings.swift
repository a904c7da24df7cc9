package import GatewayCore

/// One of `server.icons`: a picture clients may show.
package struct IconSettings: Hashable, Sendable {
    package var source = ""
    package var mimeType: String?
    package var sizes: [String] = []
    package var theme: String?
    package var place: ConfigurationPlace

    /// The icon, its `data:` URI having at most `dataBytes` bytes.
    package func icon(dataBytes: Int) throws(Icon.Fault) -> Icon {
        let known = theme.flatMap(Icon.Theme.init)
        guard theme == nil || known != nil else { throw Icon.Fault("theme", "must be light or dark") }
        return try Icon(source: source, mimeType: mimeType, sizes: sizes, theme: known, dataBytes: dataBytes)
    }
}
