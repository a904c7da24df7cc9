import Glibc
import JSON

/// Standard output: what a command was asked for, and nothing else; at once, as somebody may wait at the other end.
enum Output {
    static func line(_ text: String) {
        print(text)
        fflush(nil)
    }

    static func json(_ value: JSONValue) {
        line(String(decoding: value.serialized, as: UTF8.self))
    }
}
