import JSON
import PluginKit

/// What records of one kind hold: the one place that says what is selected, how it is read and what is published.
struct RecordShape: Sendable {
    let fields: [RecordField]

    init(_ fields: RecordField...) {
        self.fields = fields
    }

    private init(_ fields: [RecordField]) {
        self.fields = fields
    }

    /// The same with more fields at the end.
    func adding(_ further: RecordField...) -> RecordShape { RecordShape(fields + further) }

    /// The same without some fields.
    func without(_ names: String...) -> RecordShape { RecordShape(fields.filter { !names.contains($0.name) }) }

    /// What stands after `SELECT`.
    var selection: String { fields.map { "\($0.expression) AS \($0.name)" }.joined(separator: ", ") }

    /// The schema of a record, which may have further members.
    func schema(_ further: Schema.Property...) -> Schema { .object(fields.map(\.property) + further) }

    /// The record in a row; nil when something is missing that no record is without.
    func record(_ row: Row) -> Record? {
        var record = Record()
        for field in fields {
            let value = Self.value(field, in: row)
            if value == nil, field.isRequired { return nil }
            record[field.name] = value
        }
        return record
    }

    private static func value(_ field: RecordField, in row: Row) -> JSONValue? {
        switch field.kind {
        case .text(let limit), .untrusted(let limit): row.cleaned(field.name, limit: limit).map(JSONValue.string)
        case .integer: row.integer(field.name).map(JSONValue.integer)
        case .number: row.number(field.name).map(JSONValue.double)
        case .flag: row.bool(field.name).map(JSONValue.bool)
        case .time: row.time(field.name).map { .string($0.description) }
        case .document(let limit): CleanDocument.cleaned(row.document(field.name), maximumBytes: limit)
        case .excerpt(let limit): CleanDocument.excerpt(row.document(field.name), limit: limit).map(JSONValue.string)
        }
    }
}
