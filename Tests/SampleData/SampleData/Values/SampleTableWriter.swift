internal import JSON

/// Turns elements into the rows of a table, column by column as they are named.
struct SampleTableWriter<Element> {
    private let definition: SampleTableDefinition
    private var columns: [String] = []
    private var values: [(Element) -> SampleValue] = []

    init(_ definition: SampleTableDefinition) {
        self.definition = definition
    }

    mutating func integer(_ column: String, _ value: @escaping (Element) -> Int?) {
        add(column) { value($0).map { .integer($0) } ?? .null }
    }

    mutating func double(_ column: String, _ value: @escaping (Element) -> Double?) {
        add(column) { value($0).map { .double($0) } ?? .null }
    }

    mutating func bool(_ column: String, _ value: @escaping (Element) -> Bool?) {
        add(column) { value($0).map { .bool($0) } ?? .null }
    }

    mutating func text(_ column: String, _ value: @escaping (Element) -> String?) {
        add(column) { value($0).map { .text($0) } ?? .null }
    }

    mutating func time(_ column: String, _ value: @escaping (Element) -> SampleInstant?) {
        add(column) { value($0).map { .time($0) } ?? .null }
    }

    mutating func json(_ column: String, _ value: @escaping (Element) -> JSONValue?) {
        add(column) { value($0).map { .text(String(decoding: $0.serialized, as: UTF8.self)) } ?? .null }
    }

    /// The table of those elements.
    func table(of elements: [Element]) -> SampleTable {
        SampleTable(
            definition: definition,
            columns: columns,
            rows: elements.map { element in values.map { $0(element) } }
        )
    }

    private mutating func add(_ column: String, _ value: @escaping (Element) -> SampleValue) {
        columns.append(column)
        values.append(value)
    }
}
