import PanDAKit

/// Free text is clean however it was written, and neither shelters nor hides what stands beside it.
enum TextProperties {
    private static let secret = "S3cr3tS3cr3tS3cr3tS3cr3t"
    private static let evidence = "file AOD.33333333._000001.pool.root.1 of task 46374283"

    static func fault(in bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let clean = UntrustedText.cleaned(text, limit: .max)
        guard clean.unicodeScalars.allSatisfy(isPlain) else { return "a hidden character is left" }
        guard !clean.contains("![") else { return "an image is left" }
        guard UntrustedText.cleaned(clean, limit: .max) == clean else { return "what is clean is changed" }
        let planted = UntrustedText.cleaned("\(evidence)\n\(text)\nAuthorization: Bearer \(secret)\n", limit: .max)
        // What was written before could be nothing but the secret itself.
        guard !planted.contains(secret) || clean.contains(secret) else { return "a credential is sheltered" }
        guard planted.hasPrefix(evidence) else { return "what stands before is changed" }
        let short = UntrustedText.cleaned(text, limit: 16)
        return short.unicodeScalars.count <= 17 ? nil : "the limit does not hold"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n": true
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{2028}",
            "\u{2029}":
            false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
