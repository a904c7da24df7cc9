/// Something about the issuers' records that would make a token's issuer ambiguous or its checks void.
package struct IssuerRecordProblem: Hashable, Sendable {
    /// The record's `id`.
    package let issuer: String
    /// What is wrong and what to do, one sentence.
    package let message: String

    package init(issuer: String, message: String) {
        self.issuer = issuer
        self.message = message
    }

    /// All problems of the records; empty when they may be used together.
    package static func problems(in records: [IssuerRecord]) -> [IssuerRecordProblem] {
        var problems: [IssuerRecordProblem] = []
        var seen: [[UInt8]: String] = [:]
        var identifiers: Set<String> = []
        for record in records {
            func report(_ message: String) {
                problems.append(IssuerRecordProblem(issuer: record.id, message: message))
            }
            if !identifiers.insert(record.id).inserted { report("Two issuers have this name; rename one.") }
            if record.issuers.isEmpty { report("Name at least one 'iss' that its tokens carry.") }
            if record.audience.isEmpty { report("Name the audience its tokens must be for.") }
            if record.algorithms.isEmpty { report("Name at least one algorithm its tokens may be signed with.") }
            if record.maximumLifetime <= 0 { report("Give the longest lifetime of its tokens as a positive number.") }
            if record.skew < 0 { report("Give the clock skew as zero or a positive number of seconds.") }
            if record.profile.isAsked != (record.questions != nil) {
                report("Say how the issuer is asked about its tokens, where its profile is one that is asked.")
            }
            for issuer in record.issuers {
                if issuer.isEmpty { report("An 'iss' is empty.") }
                if let other = seen.updateValue(record.id, forKey: Array(issuer.utf8)) {
                    report("The issuer '\(other)' has the same 'iss'; a token must have one set of rules.")
                }
            }
        }
        return problems + ambiguousPrefixes(records)
    }

    /// A token that only its issuer can read is shown to one issuer and to no other, so it must be clear to which.
    private static func ambiguousPrefixes(_ records: [IssuerRecord]) -> [IssuerRecordProblem] {
        let asked = records.filter { $0.questions != nil }
        return asked.enumerated().flatMap { index, record in
            asked[..<index].compactMap { other in
                guard let one = record.questions?.prefix, let two = other.questions?.prefix else { return nil }
                // One may be without: it gets what no other's prefix claims.
                guard one == two || (!one.isEmpty && !two.isEmpty && (one.hasPrefix(two) || two.hasPrefix(one))) else {
                    return nil
                }
                return IssuerRecordProblem(
                    issuer: record.id,
                    message: "Its tokens cannot be told from those of '\(other.id)'; give each a prefix of its own."
                )
            }
        }
    }
}
