/// Why no authenticator can be made of the issuers' records: all problems at once.
package struct IssuerRecordError: Error, Hashable, Sendable {
    package let problems: [IssuerRecordProblem]

    package init(problems: [IssuerRecordProblem]) {
        self.problems = problems
    }
}
