internal import JSON

/// Writes runs, their files, the files of fast monitoring and the slices of those.
struct DataFileTables {
    private let clock: SampleClock
    private var random: SampleRandom

    init(seed: UInt64, clock: SampleClock) {
        self.clock = clock
        random = SampleRandom(seed: seed, stream: "data files")
    }

    private struct File {
        let id: String
        let execution: SampleExecution
        let number: Int
        let checksum: String
        let size: Int
        let status: String

        var name: String { execution.fileName(number) }
        var created: SampleInstant { execution.fileTime(number) }
    }

    private struct FastFile {
        let id: String
        let source: File

        var name: String { String(source.name.dropLast(4)) + "_tf_001.tf" }
        var created: SampleInstant { source.created.adding(seconds: 4) }
    }

    private struct Slice {
        let row: Int
        let file: FastFile
        let number: Int
        let status: String
        let worker: String

        var isAssigned: Bool { status != "queued" }
    }

    static let slicesPerFile = 15

    mutating func tables(of executions: [SampleExecution]) -> [SampleTable] {
        var files: [File] = []
        for execution in executions {
            for number in 1...execution.fileCount { files.append(file(number, of: execution)) }
        }
        var fastFiles: [FastFile] = []
        for file in files where file.execution.hasFastMonitoring {
            fastFiles.append(FastFile(id: random.uuid(), source: file))
        }
        var slices: [Slice] = []
        for file in fastFiles where file.source.execution.hasSlices {
            for number in 0..<Self.slicesPerFile { slices.append(slice(number, of: file, row: slices.count + 1)) }
        }
        return [runs(executions), table(of: files), table(of: fastFiles), table(of: slices), workers(executions)]
    }

    private mutating func file(_ number: Int, of execution: SampleExecution) -> File {
        let isRecent = execution.status == "running" && number > execution.fileCount - 4
        let status =
            isRecent
            ? random.pick(("registered", 50), ("processing", 50))
            : random.pick(("processed", 93), ("failed", 3), ("done", 4))
        return File(
            id: random.uuid(),
            execution: execution,
            number: number,
            checksum: random.hexadecimal(32),
            size: random.between(1_500_000_000, 2_200_000_000),
            status: status
        )
    }

    private mutating func slice(_ number: Int, of file: FastFile, row: Int) -> Slice {
        let isRecent = file.source.execution.status == "running" && file.source.number > 36
        let status =
            isRecent
            ? random.pick(("queued", 60), ("processing", 30), ("completed", 10))
            : random.pick(("completed", 97), ("failed", 3))
        return Slice(row: row, file: file, number: number, status: status, worker: "worker-\(random.between(1, 8))")
    }

    private func runs(_ executions: [SampleExecution]) -> SampleTable {
        var writer = SampleTableWriter<SampleExecution>(SampleSchema.runs)
        writer.integer("run_id") { $0.runID }
        writer.integer("run_number") { $0.runNumber }
        writer.time("start_time") { $0.start.adding(seconds: 40) }
        writer.time("end_time") { $0.status == "completed" ? $0.lastData : nil }
        writer.json("run_conditions") {
            ["beam": "ep 10x100", "namespace": .string($0.namespace), "magnet_tesla": 1.7]
        }
        return writer.table(of: executions)
    }

    private func table(of files: [File]) -> SampleTable {
        var writer = SampleTableWriter<File>(SampleSchema.stfFiles)
        writer.text("file_id") { $0.id }
        writer.text("machine_state") { $0.number % 20 == 0 ? "physics" : "run" }
        writer.text("stf_filename") { $0.name }
        writer.integer("file_size_bytes") { $0.size }
        writer.text("checksum") { $0.checksum }
        writer.time("created_at") { $0.created }
        writer.text("status") { $0.status }
        writer.json("metadata") { ["sequence": .integer($0.number), "execution_id": .string($0.execution.id)] }
        writer.text("daq_state") { _ in "run" }
        writer.text("daq_substate") { _ in "physics" }
        writer.integer("tf_count") { _ in 1000 }
        writer.integer("run_id") { $0.execution.runID }
        return writer.table(of: files)
    }

    private func table(of files: [FastFile]) -> SampleTable {
        var writer = SampleTableWriter<FastFile>(SampleSchema.fastmonFiles)
        writer.text("tf_file_id") { $0.id }
        writer.text("tf_filename") { $0.name }
        writer.integer("file_size_bytes") { $0.source.size / 40 }
        writer.text("checksum") { $0.source.checksum }
        writer.text("status") { $0.source.status == "failed" ? "failed" : "processed" }
        writer.json("metadata") { _ in ["tfs": 150] }
        writer.time("created_at") { $0.created }
        writer.time("updated_at") { $0.created.adding(seconds: 6) }
        writer.integer("tf_count") { _ in 150 }
        writer.integer("tf_first") { _ in 1 }
        writer.integer("tf_last") { _ in 150 }
        writer.text("stf_file_id") { $0.source.id }
        return writer.table(of: files)
    }

    private func table(of slices: [Slice]) -> SampleTable {
        var writer = SampleTableWriter<Slice>(SampleSchema.tfSlices)
        writer.integer("id") { $0.row }
        writer.integer("slice_id") { $0.number }
        writer.integer("tf_first") { $0.number * 10 + 1 }
        writer.integer("tf_last") { $0.number * 10 + 10 }
        writer.integer("tf_count") { _ in 10 }
        writer.integer("run_number") { $0.file.source.execution.runNumber }
        writer.text("status") { $0.status }
        writer.integer("retries") { $0.status == "failed" ? 2 : 0 }
        writer.json("metadata") { _ in nil }
        writer.time("created_at") { $0.file.created.adding(seconds: 1) }
        writer.time("updated_at") { $0.file.created.adding(seconds: 3) }
        writer.text("assigned_worker") { $0.isAssigned ? $0.worker : nil }
        writer.time("assigned_at") { $0.isAssigned ? $0.file.created.adding(seconds: 2) : nil }
        writer.time("completed_at") { $0.status == "completed" ? $0.file.created.adding(seconds: 3) : nil }
        writer.text("fastmon_file_id") { $0.file.id }
        return writer.table(of: slices)
    }

    private func workers(_ executions: [SampleExecution]) -> SampleTable {
        let current = executions.filter(\.hasSlices)
        let rows = current.flatMap { execution in (1...4).map { (execution, $0) } }
        var writer = SampleTableWriter<(SampleExecution, Int)>(SampleSchema.sliceWorkers)
        writer.text("worker_id") { "\($0.0.runNumber)-worker-\($0.1)" }
        writer.integer("run_number") { $0.0.runNumber }
        writer.text("panda_job") { String(1_690_000 + $0.1) }
        writer.text("location") { $0.1 % 2 == 0 ? "E1_BNL" : "E1_JLAB" }
        writer.text("status") { $0.0.status == "running" ? "active" : "exited" }
        writer.integer("slices_completed") { $0.1 * 120 }
        writer.time("last_heartbeat") { [clock] in $0.0.end ?? clock.ago(seconds: $0.1 * 4) }
        writer.time("started_at") { $0.0.start.adding(seconds: 30) }
        writer.time("ended_at") { $0.0.end }
        return writer.table(of: rows)
    }
}
