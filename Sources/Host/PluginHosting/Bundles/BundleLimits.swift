/// What a bundle may cost before it is refused.
package struct BundleLimits: Hashable, Sendable {
    /// The most files, the index and its signature not counted.
    package var files = 4096
    /// The most bytes of all files together.
    package var bytes = 1 << 30

    /// The most entries of the folder that the site puts plugins in.
    package var foundPlugins = 100

    package init() {}

    /// The largest index, in bytes: room for 4096 files with long names.
    static let indexBytes = 2 << 20
    static let signatureBytes = 4096
}
