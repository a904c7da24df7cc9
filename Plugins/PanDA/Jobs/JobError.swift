package import PluginKit

/// One error of a job, with what the code table says about it.
package struct JobError: Encodable, Hashable, Sendable {
    package let component: String
    package let code: Int
    package let acronym: String?
    /// What the code means, from the table.
    package let meaning: String?
    /// What the component wrote; untrusted text.
    package let diagnosis: String?

    /// Takes an error as PanDA stores it; nil when the code says that there is none.
    package init?(_ component: ErrorComponent, code: Int?, diagnosis: String?) {
        guard let code, code != 0 else { return nil }
        let entry = component.entry(for: code)
        self.component = component.rawValue
        self.code = code
        acronym = entry.flatMap { $0.acronym.isEmpty ? nil : $0.acronym }
        meaning = entry?.meaning
        let text = UntrustedText.cleaned(diagnosis ?? "")
        self.diagnosis = text.isEmpty ? nil : text
    }

    package static let schema = Schema.object([
        .required("component", .choice(ErrorComponent.allCases.map(\.rawValue), "Which part of PanDA reports it.")),
        .required("code", .integer("The component's own error code.")),
        .optional("acronym", .string("The code's name in the software that sets it.")),
        .optional("meaning", .string("What the code means, from the code table.")),
        .optional("diagnosis", .untrustedText("What the component wrote.")),
    ])
}
