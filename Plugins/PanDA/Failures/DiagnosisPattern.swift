/// Brings texts that differ only in what varies from job to job to one form.
package enum DiagnosisPattern {
    /// The text with times as `<time>`, paths and addresses as `<path>`, hexadecimal names as `<hex>` and digits as
    /// `<n>`.
    package static func pattern(of text: String) -> String {
        var scanner = DiagnosisScanner(text)
        return scanner.pattern()
    }
}
