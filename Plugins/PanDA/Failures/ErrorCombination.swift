/// How many jobs of one state carry the same error codes.
package struct ErrorCombination: Hashable, Sendable {
    package let status: String
    /// The codes other than zero.
    package let codes: [ErrorComponent: Int]
    package let jobs: Int

    package init(status: String, codes: [ErrorComponent: Int], jobs: Int) {
        self.status = status
        self.codes = codes
        self.jobs = jobs
    }
}
