import Sealing

/// What was sealed opens for its purpose and as it was, and nothing else opens.
enum SealProperties {
    private static let old = Array(repeating: UInt8(1), count: Sealer.minimumSecretBytes)
    private static let new = Array(repeating: UInt8(2), count: Sealer.minimumSecretBytes)
    /// Of a sealer that never sealed: the fuzzer sees what is compared, and learns texts that others made.
    private static let unused = Array(repeating: UInt8(3), count: Sealer.minimumSecretBytes)

    static func fault(in bytes: [UInt8]) -> String? {
        guard let former = Sealer(secrets: [old]), let sealer = Sealer(secrets: [new, old]),
            let reader = Sealer(secrets: [unused])
        else { return "a sealer cannot be made" }
        if let text = String(validating: bytes, as: UTF8.self), reader.open(text, for: "fuzz") != nil {
            return "something opens that was never sealed"
        }
        let sealed = sealer.seal(bytes, for: "fuzz")
        guard sealer.open(sealed, for: "fuzz") == bytes,
            sealer.open(former.seal(bytes, for: "fuzz"), for: "fuzz") == bytes
        else { return "what was sealed does not come back" }
        if sealer.open(sealed, for: "other") != nil { return "what was sealed opens for another purpose" }
        if former.open(sealed, for: "fuzz") != nil { return "what was sealed opens with another key" }
        if let changed = changed(sealed, by: bytes), sealer.open(changed, for: "fuzz") != nil {
            return "what was sealed opens after a change"
        }
        return nil
    }

    /// The text with one byte replaced, at a place and by a value that the first three bytes say; nil when it stays as
    /// it was.
    private static func changed(_ text: String, by bytes: [UInt8]) -> String? {
        guard bytes.count >= 3 else { return nil }
        var utf8 = Array(text.utf8)
        utf8[(Int(bytes[0]) << 8 | Int(bytes[1])) % utf8.count] = bytes[2]
        let changed = String(decoding: utf8, as: UTF8.self)
        return changed == text ? nil : changed
    }
}
