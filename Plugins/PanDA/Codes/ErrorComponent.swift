/// The parts of PanDA that report errors of a job, each with its own codes.
package enum ErrorComponent: String, Hashable, Sendable, CaseIterable {
    // In the order in which a job's errors are listed.
    case brokerage
    case ddm
    case executor
    case dispatcher
    case pilot
    case supervisor
    case taskbuffer
    case transformation

    /// The column of the job tables that holds the code.
    package var codeColumn: String {
        switch self {
        case .executor: "exeerrorcode"
        case .dispatcher: "jobdispatchererrorcode"
        case .supervisor: "superrorcode"
        case .transformation: "transexitcode"
        default: rawValue + "errorcode"
        }
    }

    /// The column that holds the diagnosis; a transformation has none.
    package var diagnosisColumn: String? {
        self == .transformation ? nil : codeColumn.replacingSuffix("code", with: "diag")
    }

    /// The component of one of the names in use: PanDA's columns, the monitor and people all have their own.
    package init?(name: String) {
        let aliases: [String: ErrorComponent] = [
            "exe": .executor, "jobdispatcher": .dispatcher, "sup": .supervisor, "trans": .transformation,
            "transform": .transformation, "dataservice": .ddm, "task_buffer": .taskbuffer,
        ]
        let name = name.lowercased()
        guard let component = ErrorComponent(rawValue: name) ?? aliases[name] else { return nil }
        self = component
    }

    /// The table of known codes.
    package var entries: [ErrorCodeEntry] {
        switch self {
        case .pilot: PilotErrorCodes.entries
        case .taskbuffer: ServerErrorCodes.taskBuffer
        case .ddm: ServerErrorCodes.dataManagement
        case .dispatcher: ServerErrorCodes.jobDispatcher
        case .supervisor: ServerErrorCodes.supervisor
        case .executor: ServerErrorCodes.executor
        case .transformation: TransformExitCodes.entries + TransformExitCodes.signals
        case .brokerage: []
        }
    }

    /// The table's line for a code.
    package func entry(for code: Int) -> ErrorCodeEntry? {
        entries.first { $0.code == code }
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
    }
}
