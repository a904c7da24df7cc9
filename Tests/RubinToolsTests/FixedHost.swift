import PluginKit

/// A host with one answer for everything but exit codes, and another for those.
struct FixedHost: HostCalling {
    let run: HostReply
    let codes: HostReply

    init(_ run: HostReply, codes: HostReply? = nil) {
        self.run = run
        self.codes = codes ?? run
    }

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        String(decoding: body, as: UTF8.self).contains("contents_output_ext") ? codes : run
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}
}
