package import PluginWire

/// What a check allows a plugin.
package struct CheckSettings: Hashable, Sendable {
    /// The newest version of the C library a plugin may ask for; that of Debian 12.
    package var newestGlibc = SymbolVersion([2, 36])
    /// The newest version of the C++ library a plugin may ask for; that of GCC 12.
    package var newestGlibcxx = SymbolVersion([3, 4, 30])
    /// When a call is cancelled that has not ended by itself.
    package var deadline = Duration.seconds(1)
    /// How long a cancelled call may take to end; the gateway's own limit.
    package var patience = Duration.seconds(10)
    /// How long one check may take before its process is ended.
    package var budget = Duration.seconds(60)
    /// How many calls look for leaks, at least 100.
    package var leakCalls = 10_000
    /// Whether the plugin's code runs; without it only its files are looked at.
    package var runsCode = true
    /// The walls without which nothing of it runs, beside those that are always required; nil runs it without any.
    package var walls: SandboxLayers? = []
    /// The checks to make; nil for all.
    package var only: Set<String>?

    package init() {}
}
