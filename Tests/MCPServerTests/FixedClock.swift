import GatewayCore

/// It is always the same moment.
struct FixedClock: WallClock {
    var now: Int64 { 1_000_000 }
}
