/// A place in one of the documents a schema consists of.
struct JSONSchemaLocation: Hashable {
    /// 0 is the schema that is compiled; the others are meta-schemas.
    let document: Int
    let path: JSONPath

    func appending(_ token: String) -> JSONSchemaLocation {
        JSONSchemaLocation(document: document, path: path.appending(token))
    }

    func appending(_ index: Int) -> JSONSchemaLocation {
        appending(String(index))
    }
}
