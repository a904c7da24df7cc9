/// A broker's own words, made fit for a line of the operator's log.
enum BrokerText {
    private static let longest = 200

    static func cleaned(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(longest).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: Character(scalar)
            }
        }
        return String(scalars)
    }
}
