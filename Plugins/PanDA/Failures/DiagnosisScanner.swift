/// Reads a diagnosis from left to right and replaces what varies; one pass, bounded by the text's length.
struct DiagnosisScanner {
    private let bytes: [UInt8]
    private var place = 0
    private var result: [UInt8] = []

    /// Shorter runs of hexadecimal digits are words or numbers.
    private static let shortestHex = 8
    private static let endsOfPaths = Set(#" "'<>,;()[]{}|"#.utf8)

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func pattern() -> String {
        while place < bytes.count {
            let isStart = place == 0 || !Self.isWordByte(bytes[place - 1])
            if isStart, let end = endOfTime() {
                replace(upTo: end, "<time>")
            } else if isStart, let end = endOfPath() {
                replace(upTo: end, "<path>")
            } else if isStart, let end = endOfIdentifier() {
                replace(upTo: end, "<hex>")
            } else if isStart, let end = endOfHex() {
                replace(upTo: end, "<hex>")
            } else if Self.isDigit(bytes[place]) {
                replace(upTo: end(while: Self.isDigit), "<n>")
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func replace(upTo end: Int, _ mark: String) {
        result += Array(mark.utf8)
        place = end
    }

    /// The end of `2026-11-21`, also with a time of day after `T` or a space, a fraction and a zone.
    private func endOfTime() -> Int? {
        guard var end = match("dddd-dd-dd", at: place) else { return nil }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "T") || bytes[end] == UInt8(ascii: " "),
            let minutes = match("dd:dd", at: end + 1)
        else { return end }
        end = match(":dd", at: minutes) ?? minutes
        if end < bytes.count, bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ",") {
            let fraction = self.end(from: end + 1, while: Self.isDigit)
            if fraction > end + 1 { end = fraction }
        }
        if end < bytes.count, bytes[end] == UInt8(ascii: "Z") { return end + 1 }
        return match("+dd:dd", at: end) ?? match("-dd:dd", at: end) ?? match("+dddd", at: end) ?? end
    }

    /// The end of `/a/path` or of `scheme://host/path`.
    private func endOfPath() -> Int? {
        let isRest: (UInt8) -> Bool = { !Self.endsOfPaths.contains($0) }
        if bytes[place] == UInt8(ascii: "/") {
            guard place + 1 < bytes.count, isRest(bytes[place + 1]) else { return nil }
        } else {
            let scheme = end(while: Self.isWordByte)
            guard scheme > place, match("://", at: scheme) != nil else { return nil }
        }
        // What a sentence puts behind a path is not part of it.
        var end = end(while: isRest)
        while end > place + 1, ".:".utf8.contains(bytes[end - 1]) { end -= 1 }
        return end
    }

    /// The end of a UUID.
    private func endOfIdentifier() -> Int? {
        guard let end = match("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", at: place),
            end == bytes.count || !Self.isWordByte(bytes[end])
        else { return nil }
        return end
    }

    /// The end of `0x1f`, or of a long word of hexadecimal digits that has both digits and letters.
    private func endOfHex() -> Int? {
        let end = end(while: Self.isWordByte)
        var word = bytes[place..<end]
        if word.starts(with: "0x".utf8), word.count > 2 {
            word = word.dropFirst(2)
            return word.allSatisfy(Self.isHexDigit) ? end : nil
        }
        guard word.count >= Self.shortestHex, word.allSatisfy(Self.isHexDigit), word.contains(where: Self.isDigit),
            !word.allSatisfy(Self.isDigit)
        else { return nil }
        return end
    }

    /// Where the form ends if it is at this place: `d` stands for a digit, `x` for a hexadecimal one.
    private func match(_ form: String, at start: Int) -> Int? {
        let form = Array(form.utf8)
        guard start + form.count <= bytes.count else { return nil }
        let fits = form.indices.allSatisfy { index in
            switch form[index] {
            case UInt8(ascii: "d"): Self.isDigit(bytes[start + index])
            case UInt8(ascii: "x"): Self.isHexDigit(bytes[start + index])
            case let byte: bytes[start + index] == byte
            }
        }
        return fits ? start + form.count : nil
    }

    private func end(while isPart: (UInt8) -> Bool) -> Int {
        end(from: place, while: isPart)
    }

    private func end(from start: Int, while isPart: (UInt8) -> Bool) -> Int {
        var end = start
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        return end
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
