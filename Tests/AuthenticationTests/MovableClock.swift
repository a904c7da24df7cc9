import GatewayCore
import Synchronization

/// A clock that moves when it is told to.
final class MovableClock: WallClock {
    private let moment: Mutex<Int64>

    init(_ moment: Int64 = TokenForge.now) {
        self.moment = Mutex(moment)
    }

    var now: Int64 { moment.withLock { $0 } }

    func advance(_ seconds: Int64) {
        moment.withLock { $0 += seconds }
    }
}
