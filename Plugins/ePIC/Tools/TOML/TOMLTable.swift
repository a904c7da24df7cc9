import JSON

/// A table while a document is read; knows how it came to be, for TOML lets nothing be said twice.
struct TOMLTable {
    enum Origin {
        /// Named on the way to another table.
        case implied
        /// By a header of its own.
        case header
        /// By a key with dots.
        case dotted
        /// Between braces, whole.
        case inline
    }

    private enum Item {
        case value(JSONValue)
        case table(TOMLTable)
        case tables([TOMLTable])
    }

    private var names: [String] = []
    private var items: [String: Item] = [:]
    private(set) var origin: Origin

    init(_ origin: Origin) {
        self.origin = origin
    }

    var object: JSONObject {
        JSONObject(
            members: names.map { name in
                switch items[name] {
                case .value(let value): .init(name: name, value: value)
                case .table(let table): .init(name: name, value: .object(table.object))
                case .tables(let tables): .init(name: name, value: .array(tables.map { .object($0.object) }))
                case nil: .init(name: name, value: .null)
                }
            }
        )
    }

    /// Sets a key, by dots in tables below.
    /// - Returns: Whether that could be.
    mutating func set(_ path: ArraySlice<String>, to value: JSONValue) -> Bool {
        guard let name = path.first else { return false }
        let rest = path.dropFirst()
        guard !rest.isEmpty else {
            guard items[name] == nil else { return false }
            put(.value(value), name)
            return true
        }
        var table: TOMLTable
        switch take(name) {
        case nil: table = TOMLTable(.dotted)
        case .table(let known) where known.origin == .dotted: table = known
        default: return false
        }
        guard table.set(rest, to: value) else { return false }
        put(.table(table), name)
        return true
    }

    /// Changes the table that a header names, the last one of several.
    /// - Returns: Whether it could be, and `change` too.
    mutating func change(_ path: ArraySlice<String>, _ change: (inout TOMLTable) -> Bool) -> Bool {
        guard let name = path.first else { return change(&self) }
        let rest = path.dropFirst()
        switch take(name) {
        case .table(var table) where table.origin != .inline:
            guard table.change(rest, change) else { return false }
            put(.table(table), name)
        case .tables(var tables):
            guard var table = tables.popLast(), table.change(rest, change) else { return false }
            tables.append(table)
            put(.tables(tables), name)
        case nil:
            var table = TOMLTable(.implied)
            guard table.change(rest, change) else { return false }
            put(.table(table), name)
        default: return false
        }
        return true
    }

    /// Begins the table of a header `[a.b]`.
    mutating func begin(_ path: [String]) -> Bool {
        change(path[...]) { table in
            guard table.origin == .implied else { return false }
            table.origin = .header
            return true
        }
    }

    /// Begins one more table of a header `[[a.b]]`.
    mutating func append(_ path: [String]) -> Bool {
        guard let last = path.last else { return false }
        return change(path.dropLast()) { parent in
            switch parent.take(last) {
            case nil: parent.put(.tables([TOMLTable(.header)]), last)
            case .tables(var tables):
                tables.append(TOMLTable(.header))
                parent.put(.tables(tables), last)
            default: return false
            }
            return true
        }
    }

    /// Takes an item out to be changed and put back: what nobody else holds is changed without a copy, so that a long
    /// file takes no longer for each of its lines.
    private mutating func take(_ name: String) -> Item? {
        guard let item = items[name] else { return nil }
        items[name] = .value(.null)
        return item
    }

    private mutating func put(_ item: Item, _ name: String) {
        if items[name] == nil { names.append(name) }
        items[name] = item
    }
}
