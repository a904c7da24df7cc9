import GatewayCore

/// A moment that does not pass.
struct FixedClock: WallClock {
    let now: Int64
}
