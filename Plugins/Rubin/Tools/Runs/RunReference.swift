import JSON
package import PluginKit

/// How a caller names a run: by the id of its iDDS request, or by its name.
package enum RunReference: Hashable, Sendable, Decodable {
    case id(Int)
    case name(String)

    /// The longest name.
    static let maximumLength = 256

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let id = try? container.decode(Int.self) {
            self = .id(id)
        } else {
            let text = try container.decode(String.self)
            self = Int(text).map(RunReference.id) ?? .name(text)
        }
    }

    /// The reference in the form iDDS knows it.
    ///
    /// The slashes of an output collection become underscores, as BPS itself names the run.
    /// - Throws: `ToolError` with `invalid_argument` for what cannot be a run.
    package func checked() throws(ToolError) -> RunReference {
        switch self {
        case .id(let id):
            guard id > 0 else { throw ToolError(.invalidArgument, "run: a request id is a positive integer.") }
            return self
        case .name(let text):
            let name = String(text.map { $0 == "/" ? "_" : $0 })
            guard (1...Self.maximumLength).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte),
                name.contains(where: { $0 != "." })
            else {
                throw ToolError(
                    .invalidArgument,
                    "run: give a request id, or a run's whole name of letters, digits and _ . : + - (no pattern)."
                )
            }
            return .name(name)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    static let schema = Schema([
        "type": ["integer", "string"],
        "description":
            "The run: the id of its iDDS request, or its whole name (an output collection with slashes is taken too).",
        "minimum": 1,
        "minLength": 1,
        "maxLength": .integer(maximumLength),
    ])
}
