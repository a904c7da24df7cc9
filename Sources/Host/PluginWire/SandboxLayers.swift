/// The walls around a worker, as bits of one number; the same as in `sandbox.h`.
package struct SandboxLayers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let noNewPrivileges = SandboxLayers(rawValue: 1)
    package static let seccomp = SandboxLayers(rawValue: 2)
    package static let limits = SandboxLayers(rawValue: 4)
    package static let landlock = SandboxLayers(rawValue: 8)
    package static let namespaces = SandboxLayers(rawValue: 16)
    package static let capabilities = SandboxLayers(rawValue: 32)

    /// What no plugin is loaded without.
    package static let always: SandboxLayers = [.noNewPrivileges, .seccomp, .limits]
    package static let all: SandboxLayers = [.always, .landlock, .namespaces, .capabilities]

    /// The names of the configuration, in the order of the bits.
    package static let words = ["no-new-privs", "seccomp", "rlimits", "landlock", "namespaces", "capabilities"]

    /// The layers of some words; unknown ones are ignored.
    package init(words: [String]) {
        self.init(
            rawValue: words.reduce(0) { bits, word in
                Self.words.firstIndex(of: word).map { bits | 1 << UInt32($0) } ?? bits
            }
        )
    }

    /// Their names.
    package var names: [String] {
        Self.words.enumerated().filter { rawValue & 1 << UInt32($0.offset) != 0 }.map(\.element)
    }

    /// The names of some bits, for a sentence.
    package static func names(_ bits: UInt32) -> String {
        SandboxLayers(rawValue: bits).names.joined(separator: ", ")
    }
}
