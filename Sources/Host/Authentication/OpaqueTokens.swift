import GatewayCore

/// Finds the issuer of a token that says nothing, so that it is shown to that issuer and to no other.
struct OpaqueTokens: Sendable {
    private let prefixed: [(prefix: [UInt8], record: IssuerRecord)]
    /// The one issuer whose tokens have no mark.
    private let other: IssuerRecord?

    init(_ records: [IssuerRecord]) {
        let asked = records.compactMap { record in record.questions.map { (Array($0.prefix.utf8), record) } }
        prefixed = asked.filter { !$0.0.isEmpty }.map { (prefix: $0.0, record: $0.1) }
        other = asked.first { $0.0.isEmpty }?.1
    }

    /// The issuer whose mark a token has.
    func marked(_ token: [UInt8]) -> IssuerRecord? {
        prefixed.first { token.starts(with: $0.prefix) }?.record
    }

    /// The issuer of a token that has no mark and is not signed.
    ///
    /// What the gateway itself gives out is never shown to anybody.
    func unmarked(_ token: [UInt8]) -> IssuerRecord? {
        token.starts(with: Self.own) ? nil : other
    }

    private static let own = Array("beam_".utf8)

    /// Whether a token may be sent on as it is (RFC 6750 section 2.1, `b64token`).
    static func isSendable(_ token: [UInt8]) -> Bool {
        let body = token.prefix { $0 != UInt8(ascii: "=") }
        return !body.isEmpty && body.allSatisfy(isTokenByte)
            && token[body.endIndex...].allSatisfy { $0 == UInt8(ascii: "=") }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/".utf8.contains(byte)
        }
    }
}
