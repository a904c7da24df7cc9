/// What an update did to a collection.
package struct IndexChange: Hashable, Sendable {
    package var added = 0
    package var changed = 0
    package var removed = 0
    package var unchanged = 0
    /// The sections and passages the collection has now.
    package var sections = 0
    package var passages = 0
}
