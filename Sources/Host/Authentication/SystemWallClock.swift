import FoundationEssentials
import GatewayCore

/// The machine's clock.
package struct SystemWallClock: WallClock {
    package init() {}

    package var now: Int64 { Int64(Date().timeIntervalSince1970) }
}
