/// What to do about an error, for who submitted the work and for who runs the system.
package struct ErrorGuidance: Hashable, Sendable {
    /// Steps for the user.
    package let user: [String]
    /// Steps for an expert of the experiment or the site.
    package let expert: [String]

    init(user: [String], expert: [String] = []) {
        self.user = user
        self.expert = expert
    }

    /// What to do about a code; nil where the table has nothing to say.
    package static func guidance(for component: ErrorComponent, code: Int) -> ErrorGuidance? {
        switch component {
        case .pilot: pilot[code]
        case .taskbuffer: taskBuffer[code]
        case .dispatcher: dispatcher[code]
        case .ddm: dataManagement[code]
        case .transformation where (129...192).contains(code): signal
        case .transformation: transformation
        case .brokerage, .executor, .supervisor: nil
        }
    }

    /// Why a code is no reason to act; nil for one that is.
    package static func reassurance(for component: ErrorComponent, code: Int) -> String? {
        guard ErrorCategory.category(of: component, code: code) == .retried else { return nil }
        return "PanDA moved or retried the work; the job that replaced this one says how it went."
    }

    private static let stageIn = ErrorGuidance(
        user: [
            "Let PanDA retry: the next attempt may use another copy or another site.",
            "If all attempts fail, check that the input dataset still exists and is complete.",
        ],
        expert: [
            "See whether other jobs at the site fail alike; then look at the site's storage and its transfers.",
            "Compare the catalogue's copies of the file with what the storage holds.",
        ]
    )

    private static let stageOut = ErrorGuidance(
        user: ["Let PanDA retry; the payload itself was over, only its output could not be stored."],
        expert: [
            "The pilot treats this as recoverable: the output may be stored by a later attempt.",
            "Look at the state and the free space of the destination storage.",
        ]
    )

    private static let remoteOpen = ErrorGuidance(
        user: ["Let PanDA retry; if it goes on, ask for the input to be copied to the node instead of read remotely."],
        expert: ["Check that the worker nodes reach the storage door, and that the door answers in time."]
    )

    private static let pilot: [Int: ErrorGuidance] = [
        1098: .init(
            user: ["Reduce how much input and output one job has, or let PanDA retry elsewhere."],
            expert: ["Check the scratch space of the site's nodes against what the queue promises."]
        ),
        1099: stageIn,
        1100: stageIn,
        1103: stageIn,
        1104: .init(
            user: [
                "Write less into the work directory: remove temporary files, split the job into smaller ones.",
                "Check that the job does not keep copies of its input.",
            ],
            expert: ["Compare the directory's size in the pilot log with the queue's limit."]
        ),
        1110: .init(
            user: ["Check the release and the platform asked for, and the setup of your own code."],
            expert: ["Look at the setup log and at the software distribution of the node."]
        ),
        1137: stageOut,
        1150: .init(
            user: [
                "The job wrote nothing for a long time and was ended: look for an endless loop or a hanging wait.",
                "If it is only slow, let it write a line of progress now and then.",
            ],
            expert: ["See in the pilot log which files were last touched, and what the processes waited for."]
        ),
        1151: stageIn,
        1152: stageOut,
        1201: .init(
            user: [
                "The batch system ended the job; if this happens in the same place again, its limits are too small."
            ],
            expert: ["Look in the batch system's log for the reason: time, memory, preemption or a drain."]
        ),
        1203: .init(
            user: ["The payload accessed memory it may not: run it on the same input locally, with a debugger."],
            expert: ["If many users' jobs crash at one site only, suspect the nodes or the software there."]
        ),
        1212: .init(
            user: ["Ask for more memory, or make the job need less: fewer events, fewer threads, smaller buffers."],
            expert: ["Compare the measured memory with the queue's limit; scouts may have measured too little."]
        ),
        1213: .init(
            user: ["Give one job less to do: fewer files or events, so that it ends within the queue's time."],
            expert: ["Compare the queue's maximum time with that of the batch system behind it."]
        ),
        1235: .init(
            user: [
                "The payload used more memory than the job was given: look for what grows, such as whole branches "
                    + "or histograms kept in memory.",
                "Ask for more memory per core, or give one job fewer files or events.",
            ],
            expert: [
                "The limit is the job's or the queue's memory per core, with the grace factor the queue is configured "
                    + "for; compare it with max_rss_kilobytes of the job.",
                "Retries may be given more memory; a task whose jobs all fail so needs a person.",
            ]
        ),
        1305: .init(
            user: [
                "Read the end of payload.stdout and payload.stderr: the payload itself ended with an error.",
                "Run it locally on one of the failed job's input files.",
            ],
            expert: ["If setup.stdout ends with an error, the release or the setup is at fault, not the payload."]
        ),
        1324: .init(
            user: ["A service was away for a time; let PanDA retry."],
            expert: ["Find in the pilot log which service did not answer, and when."]
        ),
        1354: .init(
            user: ["Nothing in your code is known to cause this; let PanDA retry."],
            expert: ["Look in the pilot log for a failed look-up of the user on the node."]
        ),
        1361: remoteOpen,
        1368: remoteOpen,
    ]

    private static let retried = ErrorGuidance(
        user: ["Nothing is to be done: look at the job that replaced this one."],
        expert: ["Many of these at one site mean that work does not get through there."]
    )

    private static let taskBuffer: [Int: ErrorGuidance] = [
        100: .init(user: ["The job was killed by a command; see in the diagnosis by whom."]),
        102: .init(
            user: ["The job waited too long and expired; its input is tried again as far as the task allows."],
            expert: ["See whether the queue gets pilots at all."]
        ),
        105: retried,
        106: retried,
        107: retried,
    ]

    private static let dispatcher: [Int: ErrorGuidance] = [
        100: .init(
            user: ["The node stopped reporting, so there may be no log; let PanDA retry."],
            expert: [
                "Look at the worker in the batch system: killed for a limit, node lost, or network away.",
                "Many of these at one site at one time mean a problem of the site.",
            ]
        )
    ]

    private static let dataManagement: [Int: ErrorGuidance] = [
        200: .init(
            user: ["The payload was over, but its output could not be registered; let PanDA retry."],
            expert: ["Read the diagnosis for what the catalogue refused: a duplicate, a closed dataset, a wrong scope."]
        )
    ]

    private static let signal = ErrorGuidance(
        user: ["A signal ended the payload: look in its log for what it did last."],
        expert: ["SIGKILL and SIGTERM mostly come from the batch system's limits; SIGSEGV and SIGABRT from the code."]
    )

    private static let transformation = ErrorGuidance(
        user: ["Read the end of the payload's log; the exit code is the transform's own."]
    )
}
