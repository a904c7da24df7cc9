/// Writes the files of recent jobs: a log and two outputs each.
struct FileTable {
    private var random: SampleRandom

    init(seed: UInt64) {
        random = SampleRandom(seed: seed, stream: "files")
    }

    private struct File {
        let row: Int
        let job: SampleJob
        let type: String
        let name: String
        let guid: String
        let size: Int
        let checksum: String

        var status: String {
            switch job.status {
            case "finished": "ready"
            case "failed", "cancelled", "closed": "failed"
            default: "defined"
            }
        }
    }

    mutating func table(of jobs: [SampleJob]) -> SampleTable {
        var files: [File] = []
        files.reserveCapacity(jobs.count * 3)
        for job in jobs where job.pandaID != EdgeCases.jobWithoutFiles {
            for (index, type) in ["log", "output", "output"].enumerated() {
                let name = type == "log" ? "\(job.name).job.log.tgz" : "\(job.name).\(index).eicrecon.root"
                files.append(
                    File(
                        row: 5_000_000 + files.count,
                        job: job,
                        type: type,
                        name: name,
                        guid: random.uuid(),
                        size: job.status == "finished" ? random.between(40000, 900_000_000) : 0,
                        checksum: "ad:" + random.hexadecimal(8)
                    )
                )
            }
        }
        return writer().table(of: files)
    }

    private func writer() -> SampleTableWriter<File> {
        var writer = SampleTableWriter<File>(SampleSchema.files)
        writer.integer("row_id") { $0.row }
        writer.integer("pandaid") { $0.job.pandaID }
        writer.time("modificationtime") { $0.job.modified }
        writer.text("guid") { $0.guid }
        writer.text("lfn") { $0.name }
        writer.text("type") { $0.type }
        writer.text("dataset") { "\($0.job.task.name).\($0.type)" }
        writer.text("status") { $0.status }
        writer.text("destinationdblock") { "\($0.job.task.name).\($0.type)_sub\($0.job.task.id)" }
        writer.text("destinationse") { $0.job.destination }
        writer.integer("fsize") { $0.size }
        writer.text("checksum") { $0.size == 0 ? nil : $0.checksum }
        writer.text("scope") { _ in "group.EIC" }
        writer.integer("jeditaskid") { $0.job.task.id }
        writer.integer("datasetid") { $0.job.task.id * 10 + ($0.type == "log" ? 3 : 2) }
        writer.integer("fileid") { $0.row }
        writer.integer("attemptnr") { $0.job.attempt }
        return writer
    }
}
