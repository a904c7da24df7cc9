import JSON

/// Standard output: what a command was asked for, and nothing else.
enum Output {
    static func line(_ text: String) {
        print(text)
    }

    static func json(_ value: JSONValue) {
        print(String(decoding: value.serialized, as: UTF8.self))
    }
}
