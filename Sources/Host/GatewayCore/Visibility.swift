/// Which rules show their items to a principal, and nothing else of it.
///
/// Two principals with equal visibilities see the same items, so what is made for one is good for the other.
package struct Visibility: Hashable, Sendable {
    private var words: [UInt64]

    /// One bit for each rule, in an order that is the same as long as the rules are.
    package init(_ isShown: some Collection<Bool>) {
        words = Array(repeating: 0, count: (isShown.count + 63) / 64)
        for (position, isShown) in isShown.enumerated() where isShown {
            words[position / 64] |= 1 << UInt64(position % 64)
        }
    }

    /// The same while something else holds as well, which has a number.
    package func inEpoch(_ epoch: UInt64) -> Visibility {
        var visibility = self
        visibility.words.append(epoch)
        return visibility
    }
}
