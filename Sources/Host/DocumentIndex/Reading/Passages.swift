/// Cuts the text of a section into pieces that an answer has room for.
enum Passages {
    /// The pieces of a text, each of at most so many bytes, cut where a paragraph ends, else a line, else a word.
    static func cut(_ text: String, maximumBytes: Int) -> [String] {
        guard text.utf8.count > maximumBytes else { return [text] }
        var pieces: [String] = []
        var piece = ""
        for paragraph in paragraphs(text) {
            for part in parts(paragraph, maximumBytes) {
                if !piece.isEmpty, piece.utf8.count + part.utf8.count + 2 > maximumBytes {
                    pieces.append(piece)
                    piece = ""
                }
                piece += piece.isEmpty ? part : "\n\n" + part
            }
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    private static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .split(omittingEmptySubsequences: true) { $0.isEmpty }
            .map { $0.joined(separator: "\n") }
    }

    /// A paragraph that is too long, by words; a word that is too long, anywhere between two characters.
    private static func parts(_ paragraph: String, _ maximumBytes: Int) -> [String] {
        guard paragraph.utf8.count > maximumBytes else { return [paragraph] }
        var parts: [String] = []
        let bytes = Array(paragraph.utf8)
        var start = 0
        while start < bytes.count {
            var end = min(bytes.count, start + maximumBytes)
            if end < bytes.count {
                let gap = bytes[start..<end].lastIndex { $0 == 0x0A } ?? bytes[start..<end].lastIndex { $0 == 0x20 }
                if let gap, gap > start {
                    end = gap
                } else {
                    while end > start + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
                }
            }
            parts.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end
            while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x20 { start += 1 }
        }
        return parts
    }
}
