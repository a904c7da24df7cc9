/// A value that may be a secret: written out, or a reference to where it is kept.
package enum SettingValue: Hashable, Sendable {
    case literal(String)
    /// `{file: PATH}`: the file's content without the line break at its end.
    case file(String)
    /// `{env: NAME}`: an environment variable.
    case environment(String)
}
