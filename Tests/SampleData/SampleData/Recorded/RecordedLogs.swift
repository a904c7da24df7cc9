/// The texts of log files, in the form the pilot writes its lines.
enum RecordedLogs {
    /// A line `time | LEVEL    | module | function | message`; the offset is in milliseconds from the start.
    private static func line(
        _ start: SampleInstant,
        _ offset: Int,
        _ level: String,
        _ module: String,
        _ function: String,
        _ message: String
    ) -> String {
        let time = SampleInstant(microseconds: start.microseconds + offset * 1000).pilotLogText
        return "\(time) | \(padded(level, 8)) | \(padded(module, 32)) | \(padded(function, 28)) | \(message)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    private static func text(_ lines: [String]) -> String {
        lines.joined(separator: "\n") + "\n"
    }

    private static func opening(_ start: SampleInstant) -> [String] {
        [
            line(start, 12, "INFO", "__main__", "main", "PanDA Pilot version 3.11.5.1"),
            line(start, 180, "INFO", "pilot.util.queuehandling", "set_queuedata", "queuedata downloaded"),
            line(start, 5210, "INFO", "pilot.control.job", "get_job_definition", "received job from the server"),
            line(start, 61_730, "INFO", "pilot.control.data", "stage_in_auto", "stage-in has finished"),
            line(start, 64_020, "INFO", "pilot.control.payload", "execute_payloads", "payload has started"),
        ]
    }

    /// The memory climbs over the limit, and the pilot kills the payload.
    static let memory: @Sendable (SampleInstant) -> String = { start in
        var lines = opening(start)
        for (index, memory) in [1_204_112, 2_310_440, 3_590_016, 3_998_720].enumerated() {
            lines.append(
                line(
                    start,
                    600_000 * (index + 1),
                    "INFO",
                    "pilot.util.monitoring",
                    "verify_memory_usage",
                    "current max memory usage: \(memory) kB (limit: 4096000 kB)"
                )
            )
        }
        lines += [
            line(start, 3_000_400, "DEBUG", "pilot.util.processes", "get_cpu_consumption_time", "CPU time: 2710 s"),
            line(
                start,
                3_060_117,
                "WARNING",
                "pilot.util.monitoring",
                "verify_memory_usage",
                "job has exceeded the memory limit: 6291456 kB > 4096000 kB (= 2000 MB per core x 2 as pilot_rss_grace)"
            ),
            line(
                start,
                3_060_300,
                "WARNING",
                "pilot.util.processes",
                "kill_processes",
                "killing processes of the payload"
            ),
            line(start, 3_061_900, "INFO", "pilot.util.processes", "kill_processes", "sent SIGTERM, then SIGKILL"),
            line(
                start,
                3_064_010,
                "INFO",
                "pilot.control.job",
                "queue_monitor",
                "job failed with pilot error code 1235"
            ),
            line(start, 3_070_555, "INFO", "pilot.control.data", "stage_out_auto", "log was transferred"),
        ]
        return text(lines)
    }

    /// A transfer that fails, is tried again, and fails for good.
    static let stageIn: @Sendable (SampleInstant) -> String = { start in
        let file = "DAOD_PHYS.37621365._000042.pool.root.1"
        return text(
            Array(opening(start).prefix(3)) + [
                line(start, 9000, "INFO", "pilot.copytool.rucio", "copy_in", "attempt 1 of 2 for \(file)"),
                line(
                    start,
                    69_000,
                    "WARNING",
                    "pilot.copytool.rucio",
                    "copy_in",
                    "Failed to stage-in file: \(file): server is not reachable"
                ),
                line(start, 99_000, "INFO", "pilot.copytool.rucio", "copy_in", "attempt 2 of 2 for \(file)"),
                line(
                    start,
                    103_250,
                    "ERROR",
                    "pilot.copytool.rucio",
                    "copy_in",
                    "Failed to stage-in file: \(file): no such file at TRIUMF_DATADISK"
                ),
                line(
                    start,
                    103_400,
                    "INFO",
                    "pilot.control.job",
                    "queue_monitor",
                    "job failed with pilot error code 1099"
                ),
            ]
        )
    }

    /// A log that tries to act on who reads it.
    static let hostile: @Sendable (SampleInstant) -> String = { start in
        text(
            opening(start) + [
                line(start, 70_000, "ERROR", "pilot.copytool.rucio", "copy_in", EdgeCases.hostileText),
                line(start, 70_100, "ERROR", "pilot.copytool.rucio", "copy_in", "File transfer timed out"),
            ]
        )
    }

    static let payloadFiles = [
        MonitorLog(name: "pilotlog.txt") { start in
            text(
                opening(start) + [
                    line(start, 240_000, "INFO", "pilot.control.payload", "execute_payloads", "payload exit code: 1"),
                    line(
                        start,
                        240_200,
                        "INFO",
                        "pilot.control.job",
                        "queue_monitor",
                        "job failed with pilot error code 1305"
                    ),
                ]
            )
        },
        MonitorLog(name: "setup.stdout") { _ in "Using AnalysisBase/25.2.30 [cmake]\nrelease is set up\n" },
        MonitorLog(name: "payload.stdout") { _ in
            let events = (0..<300).map { "event \($0 * 100) read" }
            let end = [
                "Traceback (most recent call last):",
                "  File \"skim.py\", line 118, in <module>",
                "    electrons = tree[\"el_pt\"]",
                "ValueError: no such branch: el_pt",
                "payload ended with exit code 1",
            ]
            return text(events + end)
        },
        MonitorLog(name: "payload.stderr") { _ in "" },
    ]

    static let setupFiles = [
        MonitorLog(name: "setup.stdout") { _ in
            "Looking for AnalysisBase/99.0.1\n!!!ERROR!!!\nNo matched release is found\n"
                + "asetup AnalysisBase,99.0.1 failed\n"
        },
        MonitorLog(name: "pilotlog.txt") { start in
            text(
                Array(opening(start).prefix(4)) + [
                    line(
                        start,
                        66_000,
                        "INFO",
                        "pilot.control.job",
                        "queue_monitor",
                        "job failed with pilot error code 1305"
                    )
                ]
            )
        },
        MonitorLog(name: "payload.stdout") { _ in "" },
    ]

    static let pipelineFiles = [
        MonitorLog(name: "pilotlog.txt") { start in
            text(
                opening(start) + [
                    line(
                        start,
                        900_000,
                        "INFO",
                        "pilot.control.job",
                        "queue_monitor",
                        "job failed with pilot error code 1305"
                    )
                ]
            )
        },
        MonitorLog(name: "payload.stdout") { start in
            text([
                "INFO \(start.isoText)Z lsst.pipetask.run: characterizeImage: 1 quantum",
                "ERROR \(start.adding(seconds: 90).isoText)Z lsst.ctrl.mpexec: execution of task "
                    + "'characterizeImage' on quantum {instrument: 'LSSTCam', detector: 94, visit: 20261120123} failed",
                "MeasurementError: no reference objects",
            ])
        },
    ]
}
