package import JSON

/// A picture that clients show beside an item or the server (2026-07-28 basic, "Icons").
///
/// Clients load it by themselves, so it is held to what they may load: encrypted addresses and small pictures in place,
/// of types that no client runs.
package struct Icon: Hashable, Sendable {
    /// The backgrounds an icon may be made for.
    package enum Theme: String, Hashable, Sendable, CaseIterable {
        case light, dark
    }

    /// What is wrong with an icon.
    package struct Fault: Error, Hashable, Sendable {
        /// The member it is about, as MCP names it.
        package let member: String
        /// What it must be.
        package let message: String
    }

    /// An `https:` URL or a `data:` URI.
    package let source: String
    /// The type of the picture; nil when only the picture says.
    package let mimeType: String?
    /// Such as `48x48`, or `any` for a picture that scales.
    package let sizes: [String]
    package let theme: Theme?

    /// How many icons one item may have.
    package static let most = 8
    /// The longest `data:` URI unless the site says otherwise, in bytes.
    package static let usualDataBytes = 16 << 10
    /// The longest URL, in bytes.
    private static let longestURL = 2048
    private static let mostSizes = 16

    /// Checks an icon whose `data:` URI may have at most `dataBytes` bytes.
    package init(
        source: String,
        mimeType: String? = nil,
        sizes: [String] = [],
        theme: Theme? = nil,
        dataBytes: Int = usualDataBytes
    ) throws(Fault) {
        let type = try Self.checkedSource(source, dataBytes)
        if let mimeType {
            let types = Self.beginnings.keys.sorted().joined(separator: ", ")
            guard Self.beginnings[mimeType] != nil else { throw Fault("mimeType", "must be one of \(types)") }
            guard type == nil || Self.plain(mimeType) == type else {
                throw Fault("mimeType", "must be the type that the data: URI says")
            }
        }
        guard sizes.count <= Self.mostSizes, sizes.allSatisfy(Self.isSize) else {
            throw Fault("sizes", "must be at most \(Self.mostSizes) texts such as \"48x48\", or \"any\"")
        }
        self.source = source
        self.mimeType = mimeType
        self.sizes = sizes
        self.theme = theme
    }

    /// The object that is published.
    package var document: JSONValue {
        var object = JSONObject()
        object["src"] = .string(source)
        object["mimeType"] = mimeType.map(JSONValue.string)
        if !sizes.isEmpty { object["sizes"] = .array(sizes.map(JSONValue.string)) }
        object["theme"] = theme.map { .string($0.rawValue) }
        return .object(object)
    }

    /// The types taken, and what the Base64 of each begins with.
    private static let beginnings = [
        "image/png": "iVBORw0KGgo", "image/jpeg": "/9j/", "image/jpg": "/9j/", "image/webp": "UklGR",
        "image/svg+xml": "P",
    ]

    private static func plain(_ type: String) -> String { type == "image/jpg" ? "image/jpeg" : type }

    /// The type a `data:` URI says; nil for an `https:` URL.
    private static func checkedSource(_ source: String, _ dataBytes: Int) throws(Fault) -> String? {
        guard source.hasPrefix("data:") else {
            let rest = source.dropFirst("https://".count)
            let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard source.hasPrefix("https://"), !host.isEmpty, !host.contains("@"),
                source.utf8.count <= longestURL, source.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                throw Fault("src", "must be an https:// URL without a login in it, or data:image/…;base64,…")
            }
            return nil
        }
        guard source.utf8.count <= dataBytes else {
            throw Fault("src", "is longer than \(dataBytes) bytes; make the picture smaller or give its https:// URL")
        }
        let parts = source.dropFirst("data:".count).split(separator: ",", maxSplits: 1)
        guard parts.count == 2, parts[0].hasSuffix(";base64") else {
            throw Fault("src", "must be data:, a type, ;base64, and the picture")
        }
        let type = String(parts[0].dropLast(";base64".count))
        guard let beginning = beginnings[type] else {
            throw Fault("src", "must have one of the types \(beginnings.keys.sorted().joined(separator: ", "))")
        }
        guard parts[1].hasPrefix(beginning), isBase64(parts[1]) else {
            throw Fault("src", "does not hold the Base64 of a picture of the type \(type)")
        }
        return plain(type)
    }

    private static func isBase64(_ text: Substring) -> Bool {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.utf8.count - digits.count
        return text.utf8.count.isMultiple(of: 4) && padding <= 2
            && text.utf8.suffix(padding).allSatisfy { $0 == UInt8(ascii: "=") }
            && digits.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }

    private static func isSize(_ text: String) -> Bool {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false)
        return text == "any"
            || sides.count == 2
                && sides.allSatisfy { side in
                    (1...5).contains(side.utf8.count) && side.first != "0"
                        && side.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                }
    }
}

extension Icon.Fault {
    package init(_ member: String, _ message: String) {
        self.init(member: member, message: message)
    }
}
