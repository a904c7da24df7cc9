/// Why a regular expression is refused.
struct JSONPatternError: Error, Hashable {
    let message: String
}
