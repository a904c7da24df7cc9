import GatewayCore
import JSON

/// The values of one result as far as they can be recognised: a keyed hash of each, never a value.
///
/// The key is the result's id, of which the file holds a digest alone: without the id nothing can be tried out.
struct ValueTags {
    private(set) var tags: Set<UInt64> = []
    /// Whether there were more than are here.
    private(set) var isCut = false
    private let key: (UInt64, UInt64)
    private let most: Int

    init(_ id: ProvenanceID, most: Int) {
        key = id.words
        self.most = most
    }

    /// The tag of a string, or of a number in its canonical form.
    static func tag(_ text: String, _ id: ProvenanceID) -> UInt64 { KeyedHash.hash(text.utf8, key: id.words) }

    /// Takes in all strings, numbers and truth values of a JSON text.
    mutating func add(json: [UInt8]) {
        guard let document = try? JSONDocument(parsing: json, limits: Self.limits) else {
            isCut = true
            return
        }
        add(document.root)
    }

    private mutating func add(_ node: JSONNode) {
        guard !isCut else { return }
        switch node.kind {
        case .null: break
        case .bool: add(node.bool == true ? "true" : "false")
        case .number: add(node.canonicalNumber ?? "")
        case .string: add(node.string ?? "")
        case .array: for element in node.elements { add(element) }
        case .object: for member in node.members { add(member.value) }
        }
    }

    private mutating func add(_ text: String) {
        let tag = KeyedHash.hash(text.utf8, key: key)
        guard !tags.contains(tag) else { return }
        guard tags.count < most else {
            isCut = true
            return
        }
        tags.insert(tag)
    }

    /// What a provider answers was checked before; its size is limited there.
    private static let limits = JSONLimits(depth: 256, bytes: .max, refusesDuplicateNames: false)

    // MARK: - In the file

    /// Eight bytes each, in no order.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tags.count * 8)
        for tag in tags {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: tag >> shift))
            }
        }
        return bytes
    }

    /// Whether a tag is among those that `bytes` wrote.
    static func contains(_ tag: UInt64, in bytes: [UInt8]) -> Bool {
        var position = 0
        while position + 8 <= bytes.count {
            var found: UInt64 = 0
            for offset in 0..<8 { found |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
            if found == tag { return true }
            position += 8
        }
        return false
    }
}
