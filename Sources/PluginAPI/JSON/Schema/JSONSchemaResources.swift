/// Which schemas have identifiers and anchors, in all documents read so far.
struct JSONSchemaResources {
    /// A schema with an identifier of its own, or the root of a document (specification, section 4.3.5).
    struct Resource {
        let base: JSONSchemaURI
        let root: JSONSchemaLocation
        var anchors: [String: JSONSchemaLocation] = [:]
        var dynamicAnchors: [String: JSONSchemaLocation] = [:]
    }

    /// A schema that was found: its value, its place and the resource it belongs to.
    struct Schema {
        let value: JSONValue
        let location: JSONSchemaLocation
        let resource: Int
    }

    private(set) var all: [Resource] = []
    private var documents: [JSONValue] = []
    private var byIdentifier: [String: Int] = [:]
    private var byRoot: [JSONSchemaLocation: Int] = [:]

    private static let single: Set = [
        "additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else",
        "unevaluatedProperties", "unevaluatedItems", "contentSchema",
    ]
    private static let lists: Set = ["prefixItems", "allOf", "anyOf", "oneOf"]
    private static let maps: Set = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"]

    /// Reads a document and everything in it that can be referred to.
    @discardableResult
    mutating func add(_ document: JSONValue, at identifier: String = "") throws(JSONSchemaError) -> Schema {
        documents.append(document)
        let root = JSONSchemaLocation(document: documents.count - 1, path: JSONPath())
        all.append(Resource(base: JSONSchemaURI(identifier), root: root))
        byRoot[root] = all.count - 1
        if byIdentifier[identifier] == nil { byIdentifier[identifier] = all.count - 1 }
        try index(document, root, resource: all.count - 1)
        return Schema(value: document, location: root, resource: byRoot[root] ?? all.count - 1)
    }

    private mutating func index(
        _ value: JSONValue,
        _ location: JSONSchemaLocation,
        resource: Int
    ) throws(JSONSchemaError) {
        guard case .object(let object) = value else { return }
        var resource = resource
        if let identifier = try text("$id", of: object, location) {
            let base = JSONSchemaURI(identifier).resolved(against: all[resource].base)
            guard base.fragment?.isEmpty ?? true else {
                throw JSONSchemaError(path: location.appending("$id").path, message: "must not have a fragment")
            }
            all.append(Resource(base: JSONSchemaURI(base.resource), root: location))
            resource = all.count - 1
            byRoot[location] = resource
            // A document's root has its identifier already, which it may repeat.
            if let earlier = byIdentifier.updateValue(resource, forKey: base.resource), all[earlier].root != location {
                throw JSONSchemaError(path: location.appending("$id").path, message: "is given to two schemas")
            }
        }
        if let name = try text("$anchor", of: object, location) {
            all[resource].anchors[name] = location
        }
        if let name = try text("$dynamicAnchor", of: object, location) {
            all[resource].anchors[name] = location
            all[resource].dynamicAnchors[name] = location
        }
        for member in object.members {
            try indexParts(of: member, location.appending(member.name), resource)
        }
    }

    private mutating func indexParts(
        of member: JSONObject.Member,
        _ location: JSONSchemaLocation,
        _ resource: Int
    ) throws(JSONSchemaError) {
        if Self.single.contains(member.name) {
            try index(member.value, location, resource: resource)
        } else if Self.lists.contains(member.name) {
            for (position, part) in (member.value.array ?? []).enumerated() {
                try index(part, location.appending(position), resource: resource)
            }
        } else if Self.maps.contains(member.name) {
            for part in member.value.object?.members ?? [] {
                try index(part.value, location.appending(part.name), resource: resource)
            }
        }
    }

    private func text(
        _ keyword: String,
        of object: JSONObject,
        _ location: JSONSchemaLocation
    ) throws(JSONSchemaError) -> String? {
        guard let value = object[keyword] else { return nil }
        guard case .string(let text) = value else {
            throw JSONSchemaError(path: location.appending(keyword).path, message: "must be a string")
        }
        return text
    }

    /// The schema a reference means, and the name of the anchor when it is dynamic.
    mutating func resolve(
        _ reference: String,
        from resource: Int,
        at place: JSONSchemaLocation
    ) throws(JSONSchemaError) -> (schema: Schema, dynamicAnchor: String?) {
        let target = JSONSchemaURI(reference).resolved(against: all[resource].base)
        if byIdentifier[target.resource] == nil, let text = JSONSchemaMetaschemas.text(of: target.resource) {
            try add(Self.parsed(text, place), at: target.resource)
        }
        let shown = JSONSchemaText.safe(reference, limit: 200)
        guard let found = byIdentifier[target.resource] else {
            throw JSONSchemaError(
                path: place.path,
                message: "refers to \"\(shown)\", which is not in this schema; nothing is fetched, put it under $defs"
            )
        }
        let fragment = JSONSchemaURI.decoded(target.fragment ?? "")
        if fragment.isEmpty || fragment.hasPrefix("/") {
            if let schema = follow(fragment, from: found) { return (schema, nil) }
        } else if let location = all[found].anchors[fragment], let value = value(at: location) {
            let isDynamic = all[found].dynamicAnchors[fragment] == location
            let schema = Schema(value: value, location: location, resource: byRoot[location] ?? found)
            return (schema, isDynamic ? fragment : nil)
        }
        throw JSONSchemaError(path: place.path, message: "refers to \"\(shown)\", which does not exist")
    }

    private static func parsed(_ text: String, _ place: JSONSchemaLocation) throws(JSONSchemaError) -> JSONValue {
        do throws(JSONParseError) {
            return try JSONValue(parsing: text)
        } catch {
            throw JSONSchemaError(path: place.path, message: "refers to a damaged meta-schema")
        }
    }

    /// Follows a JSON Pointer (RFC 6901) from a resource's root, minding resources inside of it.
    private func follow(_ pointer: String, from start: Int) -> Schema? {
        guard var value = value(at: all[start].root) else { return nil }
        var (location, resource) = (all[start].root, start)
        for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = JSONPath.unescaped(token)
            switch value {
            case .object(let object):
                guard let member = object[name] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(name), elements.indices.contains(index) else { return nil }
                value = elements[index]
            default:
                return nil
            }
            location = location.appending(name)
            resource = byRoot[location] ?? resource
        }
        return Schema(value: value, location: location, resource: resource)
    }

    private func value(at location: JSONSchemaLocation) -> JSONValue? {
        var value: JSONValue? = documents[location.document]
        for token in location.path.tokens {
            value =
                value?[token]
                ?? Int(token).flatMap { index in
                    value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                }
        }
        return value
    }

    /// The resource whose root is at a place.
    func resource(at location: JSONSchemaLocation) -> Int? { byRoot[location] }

    /// Where every resource has a dynamic anchor with a name.
    func dynamicAnchors(named name: String) -> [(resource: Int, schema: Schema)] {
        all.indices.compactMap { resource in
            guard let location = all[resource].dynamicAnchors[name], let value = value(at: location) else { return nil }
            return (resource, Schema(value: value, location: location, resource: byRoot[location] ?? resource))
        }
    }
}
