/// A run of the testbed's workflow, with the data it took.
struct SampleExecution: Sendable {
    let sequence: Int
    let user: String
    let status: String
    let start: SampleInstant
    let end: SampleInstant?
    /// Until when it took data.
    let lastData: SampleInstant
    let fileCount: Int
    let hasSlices: Bool

    var id: String { "stf_datataking-\(user)-\(String(String(10000 + sequence).dropFirst()))" }
    var runNumber: Int { 100_009 + sequence }
    var runID: Int { sequence }
    var definition: Int { sequence < 40 ? 1 : 2 }
    var hasFastMonitoring: Bool { sequence >= 55 }

    var namespace: String { Self.namespaces[user] ?? "testbed-east" }
    var simulator: String { "daq_simulator-agent-\(user)-3" }
    var dataAgent: String { "data-agent-\(user)-4" }

    /// Who works in which namespace.
    static let namespaces = ["afischer": "testbed-east", "bokafor": "testbed-west", "drao": "fastmon-dev"]

    /// The last eight days: the older ones every three and a half hours, twelve in the last day, one now.
    static func all(clock: SampleClock) -> [SampleExecution] {
        (1...61).map { execution($0, clock: clock) }
    }

    private static func execution(_ sequence: Int, clock: SampleClock) -> SampleExecution {
        let minutesAgo =
            switch sequence {
            case 61: 25
            case 49...: 1430 - (sequence - 49) * 114
            default: 192 * 60 - sequence * 210
            }
        let start = clock.ago(minutes: minutesAgo)
        let length = sequence == 61 ? 1500 : 1500 + (sequence * 37 % 30) * 60
        let lastData = start.adding(seconds: length - 20)
        let status =
            switch sequence {
            case 61: "running"
            case 59: "terminated"
            case 57, 31, 12: "failed"
            default: "completed"
            }
        let hasEnd = status == "completed" || status == "failed"
        return SampleExecution(
            sequence: sequence,
            user: sequence % 3 == 0 ? "bokafor" : (sequence % 5 == 0 ? "drao" : "afischer"),
            status: status,
            start: start,
            end: hasEnd ? start.adding(seconds: length) : nil,
            lastData: lastData,
            fileCount: sequence >= 49 ? 40 : 12,
            hasSlices: sequence == 61 || sequence == 60 || sequence == 58
        )
    }

    /// When the file with that number, counted from 1, was made.
    func fileTime(_ number: Int) -> SampleInstant {
        let first = start.adding(seconds: 60)
        let span = lastData.microseconds - first.microseconds
        return SampleInstant(microseconds: first.microseconds + span * number / fileCount)
    }

    func fileName(_ number: Int) -> String {
        "swf.\(runNumber).\(String(String(1_000_000 + number).dropFirst())).stf"
    }
}
