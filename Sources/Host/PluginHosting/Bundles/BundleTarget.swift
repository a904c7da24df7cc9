/// The machines a bundle may have libraries for, as its folders are called.
package enum BundleTarget: String, Hashable, Sendable, CaseIterable {
    case x86 = "linux-x86_64"
    case arm = "linux-aarch64"

    /// The machine this program was compiled for.
    package static var own: BundleTarget {
        #if arch(x86_64)
        .x86
        #else
        .arm
        #endif
    }

    /// What the header of a library says (ELF-64, `e_machine`).
    var machine: UInt16 {
        switch self {
        case .x86: 62
        case .arm: 183
        }
    }
}
