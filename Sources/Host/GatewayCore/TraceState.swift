/// Checks the vendors' part of a trace context (W3C Trace Context section 3.3).
enum TraceState {
    /// The most members a list may have; more make it malformed (section 3.3.1.1).
    private static let maximumMembers = 32
    /// How much is passed on, in bytes (section 3.3.1.5).
    private static let passedOn = 512
    /// Members longer than this are the first to go when there is more than is passed on (section 3.3.1.5).
    private static let longMember = 128
    /// More than this is not read, in bytes.
    private static let read = 8192

    /// The list without empty members, shortened to what is passed on; empty when it is malformed.
    static func checked(_ text: String) -> String {
        guard !text.isEmpty, text.utf8.count <= read else { return "" }
        var members: [Substring.UTF8View] = []
        var keys: Set<String> = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let member = trimmed(part)
            if member.isEmpty { continue }
            guard let equals = member.firstIndex(of: UInt8(ascii: "=")), isKey(member[..<equals]),
                isValue(member[member.index(after: equals)...]),
                keys.insert(String(Substring(member[..<equals]))).inserted
            else { return "" }
            members.append(member)
        }
        guard members.count <= maximumMembers else { return "" }
        if length(of: members) > passedOn { members.removeAll { $0.count > longMember } }
        while length(of: members) > passedOn { members.removeLast() }
        return members.map { String(Substring($0)) }.joined(separator: ",")
    }

    private static func length(of members: [Substring.UTF8View]) -> Int {
        members.reduce(max(0, members.count - 1)) { $0 + $1.count }
    }

    private static func trimmed(_ part: Substring.UTF8View) -> Substring.UTF8View {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var member = part.drop(while: isSpace)
        while let last = member.last, isSpace(last) { member = member.dropLast() }
        return member
    }

    /// `key` or `tenant@system`, in lower case.
    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        let parts = key.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.allSatisfy(isKeyByte) }), let first = parts.first?.first else { return false }
        switch parts.count {
        case 1: return key.count <= 256 && isLetter(first)
        case 2:
            guard let system = parts[1].first else { return false }
            return parts[0].count <= 241 && (isLetter(first) || isDigit(first)) && parts[1].count <= 14
                && isLetter(system)
        default: return false
        }
    }

    /// Up to 256 printable ASCII characters but `,` and `=`; the last is no space, as those were trimmed.
    private static func isValue(_ value: Substring.UTF8View) -> Bool {
        (1...256).contains(value.count)
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || [0x5F, 0x2D, 0x2A, 0x2F].contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
