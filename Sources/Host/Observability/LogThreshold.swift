package import Logging
import Synchronization

/// The quietest level shown, shared by every logger; a running gateway may change it.
package final class LogThreshold: Sendable {
    /// The position in `Logger.Level.allCases`, so that reading it takes no lock.
    private let position: Atomic<Int>

    package init(_ level: Logger.Level) {
        position = Atomic(Self.position(of: level))
    }

    package var level: Logger.Level {
        get { Logger.Level.allCases[position.load(ordering: .relaxed)] }
        set { position.store(Self.position(of: newValue), ordering: .relaxed) }
    }

    private static func position(of level: Logger.Level) -> Int {
        Logger.Level.allCases.firstIndex(of: level) ?? 0
    }
}
