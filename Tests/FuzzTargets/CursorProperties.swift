import Catalog
import GatewayCore

/// A cursor has one text, and serves the list it was made for alone.
enum CursorProperties {
    private static let view = View(path: "/mcp", namespaces: nil, isPrefixed: true, allowsAnonymous: false)
    private static let other = View(path: "/mcp/epic", namespaces: ["epic"], isPrefixed: false, allowsAnonymous: false)

    static func fault(in bytes: [UInt8]) -> String? {
        let position = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let generation = bytes.dropFirst(4).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let cursor = PageCursor(generation: generation, view: view, position: position)
        guard (try? PageCursor(cursor.text, generation: generation, view: view)) == cursor else {
            return "a cursor does not come back"
        }
        if (try? PageCursor(cursor.text, generation: generation, view: other)) != nil {
            return "a cursor serves another view"
        }
        if (try? PageCursor(cursor.text, generation: generation, view: view, list: "prompts")) != nil {
            return "a cursor serves another list"
        }
        if (try? PageCursor(cursor.text, generation: generation &+ 1, view: view)) != nil {
            return "a cursor serves another catalog"
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        if let read = try? PageCursor(text, generation: 0, view: view), read.text != text {
            return "two texts are one cursor"
        }
        return nil
    }
}
