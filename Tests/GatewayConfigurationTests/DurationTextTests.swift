import GatewayConfiguration
import Testing

@Suite("Times in the configuration")
struct DurationTextTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("10m", .seconds(600)), ("24h", .seconds(86_400)),
        ("7d", .seconds(604_800)), ("0s", .zero),
    ])
    func `a number with a unit is a time, and is written the same`(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
        #expect(DurationText.parse(DurationText.format(duration)) == duration)
    }

    @Test(arguments: ["", "5", "s", "-5s", "5 s", "1.5h", "5sec", "99999999999h", "٣s"])
    func `anything else is not`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
