/// Makes free text from logs, users and other systems fit to pass on: it is data, and stays nothing but data.
public enum CleanText {
    /// Removes control, ANSI, bidirectional and invisible characters; keeps line breaks and tabs.
    ///
    /// Every kind of line break becomes a line feed. A terminal's sequences go with what they carry, such as the address
    /// of a link. The mark that would make an image of a link is taken off, since programs that show Markdown fetch images
    /// unasked. At most `limit` characters are kept; a cut is shown by an ellipsis.
    public static func plain(_ text: String, limit: Int = 4096) -> String {
        var scalars = ScalarReader(text)
        var result: [UInt8] = []
        var count = 0
        while true {
            let run = scalars.run(limit: limit - count)
            result.append(contentsOf: run)
            count += run.count
            guard var scalar = scalars.next() else { break }
            if ControlSequence.isIntroducer(scalar) {
                ControlSequence.skip(scalar, &scalars)
                continue
            }
            if isLineBreak(scalar) {
                // A carriage return before another break belongs to it.
                if scalar == 0x0D, scalars.peek() == 0x0D || scalars.peek() == 0x0A { continue }
                scalar = 0x0A
            } else if isHidden(scalar) {
                continue
            } else if scalar == UInt32(UInt8(ascii: "[")) {
                while result.last == UInt8(ascii: "!") {
                    result.removeLast()
                    count -= 1
                }
            }
            if count == limit {
                result.append(contentsOf: "…".utf8)
                break
            }
            ScalarReader.append(scalar, to: &result)
            count += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isLineBreak(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// Controls, what Unicode calls ignorable by default (zero-width and bidirectional marks, fillers, variation selectors,
    /// tags), annotations and what is no character.
    private static func isHidden(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F, 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: true
        case 0xA0...0xAC: false
        default: scalar & 0xFFFE == 0xFFFE || Unicode.Scalar(scalar)?.properties.isDefaultIgnorableCodePoint ?? true
        }
    }
}
