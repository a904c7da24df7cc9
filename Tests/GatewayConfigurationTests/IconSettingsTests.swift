import GatewayConfiguration
import GatewayCore
import Testing

@Suite("Icons of the server")
struct IconSettingsTests {
    private static let png = "data:image/png;base64,iVBORw0KGgoAAAAN"

    private func faults(_ icon: String, limits: String = "{}") -> [String] {
        Files().faults("server:\n  icons:\n    - \(icon)\nlimits: \(limits)")
    }

    @Test func `an icon has an address and what is said of it`() throws {
        let text = "server: {icons: [{src: \"https://a.example.org/i\"}, {src: \"\(Self.png)\", mime_type: image/png, "
        let icons = try Files().parse(text + "sizes: [48x48, any], theme: dark}]}").server.icons
        #expect(
            try icons.map { try $0.icon(dataBytes: 100) } == [
                Icon(source: "https://a.example.org/i"),
                Icon(source: Self.png, mimeType: "image/png", sizes: ["48x48", "any"], theme: .dark),
            ]
        )
        #expect(try Files().parse("server: {}").server.icons == [])
    }

    @Test(arguments: [
        ("{sizes: [any]}", "server.icons[0]: `src` is missing"),
        ("{src: \"http://a.example.org/i\"}", "server.icons[0].src: must be an https:// URL"),
        ("{src: \"https://a/i\", mime_type: text/html}", "server.icons[0].mime_type: must be one of image/jpeg"),
        ("{src: \"https://a/i\", sizes: [big]}", "server.icons[0].sizes: must be at most 16 texts"),
        ("{src: \"https://a/i\", theme: blue}", "server.icons[0].theme: must be light or dark"),
        ("{src: \"https://a/i\", url: x}", "server.icons[0].url: is not a known key"),
    ])
    func `what is wrong is said with its place`(icon: String, message: String) {
        let faults = faults(icon)
        #expect(faults.count == 1)
        #expect(faults.first?.contains(message) == true, "\(faults)")
    }

    @Test func `how large one may be, and how many there may be, has an edge`() {
        let length = Self.png.utf8.count
        #expect(faults("{src: \"\(Self.png)\"}", limits: "{icon_bytes: \(length)}") == [])
        #expect(faults("{src: \"\(Self.png)\"}", limits: "{icon_bytes: \(length - 1)}").count == 1)
        let icon = "{src: \"https://a/i\"}"
        #expect(faults(Array(repeating: icon, count: 8).joined(separator: "\n    - ")) == [])
        #expect(faults(Array(repeating: icon, count: 9).joined(separator: "\n    - ")).count == 1)
    }
}
