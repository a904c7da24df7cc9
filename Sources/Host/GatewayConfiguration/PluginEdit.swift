package import JSON
import Yams

/// A change of one plugin's keys in the text of a file, line by line: comments and everything else stay as they are.
///
/// What the changed text means is compared with what it should mean; where lines cannot say it, nothing is changed.
package struct PluginEdit: Sendable {
    /// Why the text cannot be changed: a sentence for the operator.
    package struct Failure: Error, Hashable, Sendable {
        package let reason: String

        package init(reason: String) {
            self.reason = reason
        }
    }

    package let namespace: String
    /// The keys that get a value, in their order.
    package let values: [JSONObject.Member]

    package init(namespace: String, values: [JSONObject.Member]) {
        self.namespace = namespace
        self.values = values
    }

    /// The changed text; a plugin that is not in it is put first.
    package func applied(to text: String) throws(Failure) -> String {
        let before = try Self.meaning(of: text)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        try change(&lines, try Self.node(of: text))
        let changed = lines.joined(separator: "\n") + "\n"
        guard (try? Self.meaning(of: changed)) == expected(before) else {
            throw Failure(reason: "The file is written in a way that cannot be changed line by line; \(byHand).")
        }
        return changed
    }

    private var byHand: String {
        let keys = values.map { "\($0.name): \(Self.text($0.value))" }.joined(separator: ", ")
        return "write plugins.\(namespace) with \(keys) by hand"
    }

    private func expected(_ before: JSONValue) -> JSONValue {
        var root = before.object ?? JSONObject()
        var plugins = root["plugins"]?.object ?? JSONObject()
        var plugin = plugins[namespace]?.object ?? JSONObject()
        for value in values { plugin[value.name] = value.value }
        plugins[namespace] = .object(plugin)
        root["plugins"] = .object(plugins)
        return .object(root)
    }

    // MARK: - Lines

    private func change(_ lines: inout [String], _ root: Node?) throws(Failure) {
        guard let root, !root.isEmptyScalar else {
            lines += ["plugins:"] + entry(indent: 2)
            return
        }
        guard let plugins = root.member("plugins") else {
            lines += ["plugins:"] + entry(indent: 2)
            return
        }
        guard let head = plugins.key.mark?.line, head <= lines.count else { throw notLines }
        guard case .mapping(let mapping) = plugins.value else {
            guard plugins.value.isEmptyScalar else { throw notLines }
            lines.insert(contentsOf: entry(indent: 2), at: head)
            return
        }
        guard mapping.style != .flow else { throw notLines }
        guard let plugin = plugins.value.member(namespace) else {
            let indent = (mapping.first?.key.mark?.column ?? 3) - 1
            lines.insert(contentsOf: entry(indent: indent), at: head)
            return
        }
        try change(&lines, of: plugin)
    }

    private func change(_ lines: inout [String], of plugin: (key: Node, value: Node)) throws(Failure) {
        guard case .mapping(let mapping) = plugin.value, mapping.style != .flow, let head = plugin.key.mark?.line,
            let column = mapping.first?.key.mark?.column
        else { throw notLines }
        // Lines that are put in move those below; what is there is replaced first.
        var missing: [String] = []
        for value in values {
            guard let member = plugin.value.member(value.name) else {
                missing.append(Self.line(value, indent: column - 1))
                continue
            }
            guard let key = member.key.mark, let old = member.value.mark, key.line == old.line,
                key.line <= lines.count
            else { throw notLines }
            lines[key.line - 1] = Self.replaced(lines[key.line - 1], from: old.column - 1, with: value.value)
        }
        lines.insert(contentsOf: missing, at: head)
    }

    private var notLines: Failure {
        Failure(reason: "The file is not written with a line for each key; \(byHand).")
    }

    private func entry(indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        return ["\(space)\(namespace):"] + values.map { Self.line($0, indent: indent + 2) }
    }

    private static func line(_ value: JSONObject.Member, indent: Int) -> String {
        "\(String(repeating: " ", count: indent))\(value.name): \(text(value.value))"
    }

    /// The line with another value from a column on; a comment at its end stays.
    private static func replaced(_ line: String, from column: Int, with value: JSONValue) -> String {
        let scalars = Array(line.unicodeScalars)
        let tail = comment(in: scalars, from: column).map { " " + string(scalars[$0...]) } ?? ""
        return string(scalars.prefix(column)) + text(value) + tail
    }

    /// Where a comment begins: at a `#` after a space that stands in no quotes.
    private static func comment(in scalars: [Unicode.Scalar], from column: Int) -> Int? {
        var quote: Unicode.Scalar?
        var index = column
        while index < scalars.count {
            let scalar = scalars[index]
            let before = index > column ? scalars[index - 1] : " "
            if let open = quote {
                if scalar == "\\", open == "\"" { index += 1 }
                // A doubled quote closes and opens again.
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                if quotable.contains(before) || before == scalar { quote = scalar }
            } else if scalar == "#", index > column, before == " " || before == "\t" {
                return index
            }
            index += 1
        }
        return nil
    }

    /// After what a quote begins a quoted text.
    private static let quotable: Set<Unicode.Scalar> = [" ", "\t", "{", "[", ",", ":"]

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// JSON on one line, which is YAML too.
    private static func text(_ value: JSONValue) -> String {
        String(decoding: value.serialized, as: UTF8.self)
    }

    // MARK: - Meaning

    private static func node(of text: String) throws(Failure) -> Node? {
        do {
            return try compose(yaml: text)
        } catch {
            throw Failure(reason: "The file is not well-formed YAML; `beamline check` says where.")
        }
    }

    private static func meaning(of text: String) throws(Failure) -> JSONValue {
        let json = try node(of: text)?.json ?? .null
        return json.isNull ? .object(JSONObject()) : json
    }
}

extension Node {
    /// A member of a mapping, with the node of its key.
    fileprivate func member(_ name: String) -> (key: Node, value: Node)? {
        guard case .mapping(let mapping) = self else { return nil }
        return mapping.first { $0.key.string == name }.map { ($0.key, $0.value) }
    }
}
