/// A source of kind `file`: one file, or one for each user.
package struct FileSettings: Hashable, Sendable {
    /// A folder that others may write in; nothing below it is taken for more than it is.
    package var directory = ""
    /// Below the folder; `{user}` stands for the caller's name.
    package var path = ""
    /// The longest file, in bytes.
    package var maximumBytes = 64 << 10
}
