/// Which label of the pipeline a transform works on.
///
/// BPS names transforms `<run>_<label>`, and `<run>_<label>_<number>` when a label has more jobs than a task may hold:
/// an underscore and ASCII digits at the end are the number of a chunk. A name that does not begin with the run's is
/// taken whole, and its number is cut off all the same; where nothing would be left, nothing is cut off.
enum TransformLabel {
    static let unnamed = "(unnamed)"

    static func label(ofTransform name: String?, run: String?) -> String {
        guard let name, !name.isEmpty else { return unnamed }
        guard let run, !run.isEmpty, name.hasPrefix(run + "_"), name.count > run.count + 1 else {
            return withoutChunk(name)
        }
        return withoutChunk(String(name.dropFirst(run.count + 1)))
    }

    /// Whether the label is a plain word, fit to stand inside a sentence.
    static func isPlain(_ label: String) -> Bool {
        label.utf8.count <= 64
            && label.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                    || isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }
    }

    private static func withoutChunk(_ name: String) -> String {
        let bytes = Array(name.utf8)
        guard let last = bytes.lastIndex(where: { !Self.isDigit($0) }), last < bytes.count - 1, last > 0,
            bytes[last] == UInt8(ascii: "_")
        else { return name }
        return String(decoding: bytes[..<last], as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
