/// Why a login did not come about or does not hold: a sentence for the person.
package struct LoginFault: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Somebody said no, or what was asked for is not to be had.
        case refused
        /// Something that is needed does not answer.
        case unreachable
    }

    package let kind: Kind
    package let sentence: String

    package init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }

    static func refused(_ sentence: String) -> LoginFault { LoginFault(.refused, sentence) }
    static func unreachable(_ sentence: String) -> LoginFault { LoginFault(.unreachable, sentence) }
}
