/// One value inside a ``JSONDocument``: its kind, its bytes, its parts.
public struct JSONNode: Sendable {
    /// What a value is.
    public enum Kind: Hashable, Sendable {
        case null, bool, number, string, array, object
    }

    let storage: JSONStorage
    let position: Int

    var entry: JSONTape.Entry { storage.tape.entries[position] }

    /// What this value is.
    public var kind: Kind {
        switch entry.kind {
        case .null: .null
        case .true, .false: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The bytes of this value in the text, without the white space around it.
    public var bytes: ArraySlice<UInt8> {
        let base = storage.text.startIndex
        return storage.text[base + Int(entry.start)..<base + Int(entry.end)]
    }

    /// Where this value begins, in bytes from the start of the text.
    public var offset: Int { Int(entry.start) }

    /// Whether this is `null`.
    public var isNull: Bool { entry.kind == .null }

    /// The truth value, when this is one.
    public var bool: Bool? {
        switch entry.kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// The text, when this is a string.
    public var string: String? {
        guard entry.kind == .string else { return nil }
        guard entry.isIndirect else { return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self) }
        let text = storage.text
        return JSONText.string(entry, in: text.span)
    }

    /// Whether this is the string given, code point by code point, without building it.
    public func isString(_ text: String) -> Bool {
        let entry = entry
        guard entry.kind == .string else { return false }
        guard !entry.isIndirect else { return string.map { $0.utf8.elementsEqual(text.utf8) } ?? false }
        let length = Int(entry.end - entry.start) - 2
        guard length == text.utf8.count else { return false }
        let (whole, start) = (storage.text, Int(entry.start) + 1)
        let (written, wanted) = (whole.span, text.utf8.span)
        for offset in 0..<length where written[start + offset] != wanted[offset] { return false }
        return true
    }

    /// The literal of a number as it was written.
    public var numberLiteral: String? {
        entry.kind == .number ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// The integer, when this is a number without a fraction that fits; also for `3.0` and `1e3`.
    public var integer: Int? { integer(Int.self) }

    /// The number as a double, when a finite one can approximate it.
    public var double: Double? {
        guard entry.kind == .number else { return nil }
        let text = storage.text
        return JSONText.double(entry, in: text.span)
    }

    /// The integer in the type asked for, exactly.
    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        guard entry.kind == .number else { return nil }
        let text = storage.text
        return JSONText.integer(entry, in: text.span)
    }

    /// The number, exactly; zero for anything else.
    var decimal: JSONDecimal {
        let text = storage.text
        return JSONDecimal(entry, in: text.span)
    }

    /// The bytes of a string's text, escapes decoded.
    var utf8: ArraySlice<UInt8> {
        guard entry.isIndirect else { return bytes.dropFirst().dropLast() }
        let text = storage.text
        return JSONText.utf8(entry, in: text.span)[...]
    }

    /// The elements of an array; empty for anything else.
    public var elements: JSONElements {
        JSONElements(storage: storage, range: entry.kind == .array ? inside : position..<position)
    }

    /// The members of an object in their order; empty for anything else.
    public var members: JSONMembers {
        JSONMembers(storage: storage, range: entry.kind == .object ? inside : position..<position)
    }

    private var inside: Range<Int> { position + 1..<Int(entry.next) }

    /// The value of an object's member, or nil when there is none or this is not an object.
    ///
    /// Where a text was read with duplicate names allowed, the last one counts.
    public subscript(name: String) -> JSONNode? {
        let entry = entry
        guard entry.kind == .object else { return nil }
        let end = Int(entry.next)
        var found: JSONNode?
        var key = position + 1
        while key < end {
            if JSONNode(storage: storage, position: key).isString(name) {
                found = JSONNode(storage: storage, position: key + 1)
                if storage.hasUniqueNames { return found }
            }
            key = Int(storage.tape.entries[key + 1].next)
        }
        return found
    }

    private var number: JSONValue {
        let text = storage.text
        return JSONText.number(entry, in: text.span)
    }

    /// The value as a tree.
    public var value: JSONValue {
        switch entry.kind {
        case .null: .null
        case .true: .bool(true)
        case .false: .bool(false)
        case .number: number
        case .string: .string(string ?? "")
        case .array: .array(elements.map(\.value))
        case .object:
            .object(JSONObject(members: members.map { .init(name: $0.name, value: $0.value.value) }))
        }
    }
}
