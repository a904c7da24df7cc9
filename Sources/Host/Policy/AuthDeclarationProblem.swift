/// Something wrong in the `auth` part of a manifest.
package struct AuthDeclarationProblem: Hashable, Sendable {
    /// Where, such as `rules[2].call.scope`.
    package let place: String
    /// What is wrong and what to do, one sentence.
    package let message: String

    package init(_ place: String, _ message: String) {
        self.place = place
        self.message = message
    }
}
