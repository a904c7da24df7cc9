package import JSON
import Sealing

/// What ties each line of the trail to the one before it.
///
/// A line has a number, one more than the line before it, and the SHA-256 of that line. So a line that was changed, taken
/// out or put in is found by who reads on; that the end is missing is found by who knows the last number.
package struct AuditChain: Hashable, Sendable {
    /// The number of the last line; 0 before the first.
    package private(set) var number: UInt64
    /// The SHA-256 of the last line, without its line break, in hexadecimal.
    package private(set) var digest: String

    /// Before the first line.
    package init() {
        number = 0
        digest = String(repeating: "0", count: 64)
    }

    /// After a line of the trail; nil when it is none.
    package init?(after line: [UInt8]) {
        guard let root = try? JSONDocument(parsing: line).root, let number = root["number"]?.integer, number > 0 else {
            return nil
        }
        self.number = UInt64(number)
        digest = Digest.sha256Text(line)
    }

    /// Writes the next line, with its line break.
    package mutating func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.name("number")
        writer.write(Int(clamping: number + 1))
        writer.name("previous")
        writer.write(digest)
        members(&writer)
        writer.endObject()
        number += 1
        digest = Digest.sha256Text(writer.bytes)
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// What is wrong with the line that should come next; nil when it is the one, and then it is the last.
    package mutating func fault(in line: [UInt8]) -> AuditFault? {
        guard let root = try? JSONDocument(parsing: line).root, let found = root["number"]?.integer, found > 0 else {
            return .unreadable
        }
        guard UInt64(found) == number + 1 else { return .number(expected: number + 1, found: UInt64(found)) }
        guard root["previous"]?.isString(digest) == true else { return .previous(number: UInt64(found)) }
        number += 1
        digest = Digest.sha256Text(line)
        return nil
    }
}

/// What is wrong with a trail.
package enum AuditFault: Hashable, Sendable, CustomStringConvertible {
    /// The line is no line of a trail.
    case unreadable
    /// Lines were taken out or put in.
    case number(expected: UInt64, found: UInt64)
    /// The line before it was changed, or this one was.
    case previous(number: UInt64)
    /// The file does not end with a line break: something is cut off.
    case cut

    package var description: String {
        switch self {
        case .unreadable: "is no line of an audit trail"
        case .number(let expected, let found): "has number \(found) where \(expected) should be"
        case .previous(let number):
            "does not follow from the line before it: line \(number) or the one before was changed"
        case .cut: "is cut off"
        }
    }
}
