/// The requests iDDS knows.
enum IDDSRecords {
    static let all = [transforming, finished, subFinished, failed, cancelled]

    private static let hour = 3600

    private static let transforming = request(
        RecordedCases.transformingRequest,
        run: "u_eburke_nightly_20261120T203000Z",
        user: "Erin Burke",
        status: "Transforming",
        hours: 9,
        updated: 240,
        [
            Draft(label: "pipetaskInit", status: "Finished", total: 1, processed: 1),
            Draft(label: "isr", status: "Finished", total: 1890, processed: 1890),
            Draft(
                label: "calibrate_0",
                status: "Transforming",
                total: 1000,
                processed: 640,
                processing: 210,
                new: 150,
                waiting: 90
            ),
            Draft(
                label: "calibrate_1",
                status: "Transforming",
                total: 890,
                processed: 120,
                processing: 300,
                new: 470,
                waiting: 400
            ),
            Draft(label: "makeWarp", status: "New", total: 420, new: 420, waiting: 420),
            Draft(label: "finalJob", status: "New", total: 1, new: 1, waiting: 1),
        ]
    )

    private static let finished = request(
        RecordedCases.finishedRequest,
        run: "u_fnasser_coadd_test_20261118T101500Z",
        user: "Farid Nasser",
        status: "Finished",
        hours: 68,
        updated: 61 * hour,
        [
            Draft(label: "pipetaskInit", status: "Finished", total: 1, processed: 1),
            Draft(label: "assembleCoadd", status: "Finished", total: 84, processed: 84),
            Draft(label: "finalJob", status: "Finished", total: 1, processed: 1),
        ]
    )

    private static let subFinished = request(
        RecordedCases.subFinishedRequest,
        run: "u_eburke_drp_w47_20261120T060000Z",
        user: "Erin Burke",
        status: "SubFinished",
        hours: 23,
        updated: 4 * hour,
        [
            Draft(label: "pipetaskInit", status: "Finished", total: 1, processed: 1),
            Draft(label: "isr", status: "Finished", total: 1200, processed: 1200),
            Draft(
                label: "characterizeImage",
                status: "SubFinished",
                total: 1200,
                processed: 1163,
                failed: 37,
                exitCodes: [(1, 29), (137, 8)]
            ),
            Draft(
                label: "consolidate",
                status: "SubFinished",
                total: 60,
                processed: 52,
                failed: 0,
                missing: 8,
                exitCodes: []
            ),
            Draft(label: "finalJob", status: "Finished", total: 1, processed: 1),
        ]
    )

    private static let failed = request(
        RecordedCases.failedRequest,
        run: "u_fnasser_bad_config_20261120T150000Z",
        user: "Farid Nasser",
        status: "Failed",
        hours: 14,
        updated: 13 * hour,
        [
            Draft(label: "pipetaskInit", status: "Failed", total: 1, failed: 1, exitCodes: [(2, 1)]),
            Draft(label: "isr", status: "Failed", total: 300, missing: 300),
        ]
    )

    private static let cancelled = request(
        RecordedCases.cancelledRequest,
        run: "u_eburke_oops_20261119T090000Z",
        user: "Erin Burke",
        status: "Cancelled",
        hours: 44,
        updated: 43 * hour,
        [
            Draft(label: "pipetaskInit", status: "Finished", total: 1, processed: 1),
            Draft(label: "isr", status: "Cancelled", total: 5000, processed: 31, missing: 4969),
        ]
    )

    private struct Draft {
        let label: String
        let status: String
        let total: Int
        var processed = 0
        var processing = 0
        var failed = 0
        var missing = 0
        var new = 0
        var waiting = 0
        var exitCodes: [(code: Int, count: Int)] = []
    }

    /// Transforms are numbered from the request: 7003's third is 700303, its PanDA task 161032.
    private static func request(
        _ id: Int,
        run: String,
        user: String,
        status: String,
        hours: Int,
        updated: Int,
        _ drafts: [Draft]
    ) -> IDDSRequest {
        IDDSRequest(
            id: id,
            name: run,
            user: user,
            status: status,
            created: hours * hour,
            updated: updated,
            transforms: drafts.enumerated().map { index, draft in
                IDDSTransform(
                    id: id * 100 + index + 1,
                    task: 161_000 + (id - 7000) * 10 + index,
                    name: "\(run)_\(draft.label)",
                    status: draft.status,
                    outputTotal: draft.total,
                    outputProcessed: draft.processed,
                    outputProcessing: draft.processing,
                    outputFailed: draft.failed,
                    outputMissing: draft.missing,
                    outputNew: draft.new,
                    inputNew: draft.waiting,
                    exitCodes: draft.exitCodes
                )
            }
        )
    }
}
