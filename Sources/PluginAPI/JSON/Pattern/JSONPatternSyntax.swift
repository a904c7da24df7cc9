/// A regular expression as a tree.
indirect enum JSONPatternSyntax {
    case scalars(JSONPatternClass)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    case sequence([JSONPatternSyntax])
    case alternatives([JSONPatternSyntax])
    /// A repetition; without an upper bound when `most` is nil.
    case repeated(JSONPatternSyntax, least: Int, most: Int?)
}
