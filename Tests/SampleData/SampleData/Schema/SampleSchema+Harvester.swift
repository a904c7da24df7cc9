/// Workers of the pilot submitter.
extension SampleSchema {
    static let workers = SampleTableDefinition(
        schema: .domaPanda,
        name: "harvester_workers",
        columns: """
            harvesterid varchar(50)!; workerid bigint!; lastupdate timestamp!; status varchar(80)!;
            batchid varchar(80); nodeid varchar(80); queuename varchar(80); computingsite varchar(128);
            submittime timestamp; starttime timestamp; endtime timestamp; ncore integer; errorcode integer;
            stdout varchar(250); stderr varchar(250); batchlog varchar(250); resourcetype varchar(56);
            nativeexitcode integer; nativestatus varchar(80); diagmessage varchar(500);
            computingelement varchar(128); njobs integer; submissionhost varchar(128); harvesterhost varchar(128);
            jdl varchar(250); jobtype varchar(52); pilotstarttime timestamp; pilotendtime timestamp;
            pilotstatus varchar(80); pilotstatussynctime timestamp; minramcount integer
            """,
        primaryKey: "harvesterid workerid lastupdate",
        indexes: """
            computingsite; harvesterid submittime; lastupdate; status pilotstatus; submittime
            """
    )

    static let workerJobs = SampleTableDefinition(
        schema: .domaPanda,
        name: "harvester_rel_jobs_workers",
        columns: """
            harvesterid varchar(50)!; workerid bigint!; pandaid bigint!; lastupdate timestamp!
            """,
        primaryKey: "harvesterid workerid pandaid",
        indexes: """
            lastupdate; pandaid
            """
    )

    static let workerCounts = SampleTableDefinition(
        schema: .domaPanda,
        name: "harvester_worker_stats",
        columns: """
            harvester_id varchar(50)!; computingsite varchar(128)!; resourcetype varchar(56)!; status varchar(80)!;
            jobtype varchar(52)!; n_workers integer; lastupdate timestamp!
            """,
        primaryKey: "harvester_id computingsite resourcetype status jobtype",
        indexes: ""
    )
}
