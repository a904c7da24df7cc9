/// Why no policy can be made of the declarations: all problems at once.
package struct PolicyError: Error, Hashable, Sendable {
    /// A problem and whose it is.
    package struct Problem: Hashable, Sendable {
        package let namespace: String
        package let problem: AuthDeclarationProblem

        package init(namespace: String, problem: AuthDeclarationProblem) {
            self.namespace = namespace
            self.problem = problem
        }
    }

    package let problems: [Problem]

    package init(problems: [Problem]) {
        self.problems = problems
    }
}
