import DataSources
import Synchronization

/// Keeps what the operator would have read.
final class Reports: SourceReporting {
    private let kept = Mutex<[SourceTrouble]>([])

    var all: [SourceTrouble] { kept.withLock { $0 } }

    func report(_ trouble: SourceTrouble) {
        kept.withLock { $0.append(trouble) }
    }
}
