import FoundationEssentials
import Glibc

/// What the process itself costs, under the names Prometheus clients agree on.
package enum ProcessMetrics {
    /// Registers `process_start_time_seconds`, `process_resident_memory_bytes`, `process_cpu_seconds_total`,
    /// `process_open_fds` and `beamline_build_info`; the start is the moment of this call.
    package static func register(in registry: MetricsRegistry, version: String) {
        let start = Date().timeIntervalSince1970
        registry.gauge("process_start_time_seconds", "When the process began, in seconds since 1970.") { start }
        registry.observe(
            MetricDescription("process_resident_memory_bytes", .gauge, "Memory of the process that is in RAM.")
        ) { residentBytes.map { [MetricSample([], .number($0))] } ?? [] }
        registry.observe(
            MetricDescription("process_open_fds", .gauge, "Open file descriptors.")
        ) { openDescriptors.map { [MetricSample([], .number($0))] } ?? [] }
        registry.observe(
            MetricDescription("beamline_build_info", .gauge, "Always 1; which version runs.", labels: ["version"])
        ) { [MetricSample([version], .number(1))] }
    }

    /// The second field of `statm` counts pages (proc(5)).
    private static var residentBytes: Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static var openDescriptors: Double? {
        // The folder is itself open while it is read.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }
}
