import PluginKit

/// The testbed monitor's pages for people.
struct TestbedPages: Hashable, Sendable {
    private let base: String

    /// Where the monitor is in a testbed on one machine.
    static let localAddress = "http://localhost:8000/swf-monitor"

    /// Takes the monitor's public address, without a slash at its end.
    init(base: String?) {
        self.base = base ?? Self.localAddress
    }

    func agents(_ query: AgentQuery) -> [Link] {
        var fields = [("namespace", query.namespace)]
        if case .only(let status) = query.status { fields.append(("status", status)) }
        return [link("Agents", "/workflow/agents/", fields)]
    }

    func logs(_ query: LogQuery) -> [Link] {
        [
            link(
                "Logs",
                "/logs/",
                [
                    ("app_name", query.application), ("instance_name", query.instance),
                    ("level", query.severity?.name), ("search", query.search),
                ]
            )
        ]
    }

    /// A list of the monitor's, narrowed by the filters that were given.
    func list(_ title: String, _ path: String, _ fields: [(String, String?)] = []) -> [Link] {
        [link(title, path, fields)]
    }

    /// The page of one thing.
    func page(_ title: String, _ path: String, of name: String) -> Link {
        link(title, "\(path)\(Self.escaped(name))/", [])
    }

    private func link(_ title: String, _ path: String, _ fields: [(String, String?)]) -> Link {
        let query = fields.compactMap { name, value in value.given.map { "\(name)=\(Self.escaped($0))" } }
        return Link(title: title, url: base + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    }

    /// All but the unreserved characters of RFC 3986 section 2.3 as `%` and two digits.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
