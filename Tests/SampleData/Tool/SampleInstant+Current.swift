internal import Foundation
internal import SampleData

extension SampleInstant {
    /// The time of the system's clock.
    static var current: SampleInstant {
        SampleInstant(microseconds: Int(Date().timeIntervalSince1970 * 1_000_000))
    }
}
