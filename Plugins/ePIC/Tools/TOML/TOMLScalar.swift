import JSON
import PluginKit

/// Truth values, numbers, dates and times.
enum TOMLScalar {
    static func read(_ scanner: inout TOMLScanner) throws(TOMLFault) -> JSONValue {
        var word = scanner.word(isOfWord)
        if isDate(word), scanner.take(" ") {
            // A date and a time may have a space between them; else it is the end of the value.
            let time = scanner.word(isOfWord)
            if !time.isEmpty { word += " " + time }
        }
        guard let value = value(of: word) else {
            throw scanner.fault(word.isEmpty ? "a value is missing" : "\(word.prefix(64)) is no value")
        }
        return value
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        TOMLScanner.isOfBareKey(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: ":")
    }

    private static func isDate(_ word: String) -> Bool { word.utf8.count == 10 && Timestamp(word) != nil }

    private static func value(of word: String) -> JSONValue? {
        switch word {
        case "true": return true
        case "false": return false
        default: break
        }
        if let number = number(word) { return number }
        let isTime = word.utf8.dropFirst(2).first == UInt8(ascii: ":") && Timestamp("2000-01-01T" + word) != nil
        return isTime || Timestamp(word) != nil ? .string(word) : nil
    }

    private static func number(_ word: String) -> JSONValue? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
            return digits(word.dropFirst(2)).flatMap { Int($0, radix: radix) }.map(JSONValue.integer)
        }
        let unsigned = word.hasPrefix("+") || word.hasPrefix("-") ? word.dropFirst() : word[...]
        guard unsigned.utf8.first.map(isDigit) == true, let plain = digits(unsigned),
            // No number begins with a zero that is not all of it before the point.
            !(plain.hasPrefix("0") && plain.utf8.dropFirst().first.map(isDigit) == true)
        else { return nil }
        let signed = (word.hasPrefix("-") ? "-" : "") + plain
        if plain.utf8.allSatisfy(isDigit) { return Int(signed).map(JSONValue.integer) }
        // JSON's numbers with a fraction or an exponent are TOML's, but for a plus sign.
        guard let value = try? JSONValue(parsing: signed), let double = value.double else { return nil }
        return .double(double)
    }

    /// Without the underscores, each of which stands between two digits.
    private static func digits(_ text: Substring) -> String? {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() where parts.count > 1 {
            guard let first = part.utf8.first, let last = part.utf8.last,
                index == 0 || isHexadecimal(first), index == parts.count - 1 || isHexadecimal(last)
            else { return nil }
        }
        let joined = parts.joined()
        return joined.utf8.first.map(isHexadecimal) == true ? joined : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
