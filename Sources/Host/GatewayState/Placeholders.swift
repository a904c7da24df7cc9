/// Turns the question marks of a statement into PostgreSQL's `$1`, `$2` and so on.
enum Placeholders {
    /// The statement with numbers; a question mark in quotes stays.
    static func numbered(_ sql: String) -> String {
        var text = ""
        var count = 0
        var quote: Character?
        for character in sql {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "?" {
                count += 1
                text += "$\(count)"
                continue
            }
            text.append(character)
        }
        return text
    }
}
