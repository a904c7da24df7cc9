/// Tasks, data sets and queues, as PanDA keeps them.
extension SampleSchema {
    static let tasks = SampleTableDefinition(
        schema: .domaPanda,
        name: "jedi_tasks",
        columns: """
            jeditaskid bigint!; taskname varchar(256); status varchar(64)!; username varchar(128)!;
            creationdate timestamp!; modificationtime timestamp!; reqid integer; oldstatus varchar(64);
            cloud varchar(10); site varchar(60); starttime timestamp; endtime timestamp; frozentime timestamp;
            prodsourcelabel varchar(20); workinggroup varchar(32); vo varchar(32); corecount integer;
            tasktype varchar(64); processingtype varchar(64); taskpriority integer; currentpriority integer;
            architecture varchar(256); transuses varchar(64); transhome varchar(128); transpath varchar(128);
            lockedby varchar(56); lockedtime timestamp; termcondition varchar(100); splitrule varchar(200);
            walltime integer; walltimeunit varchar(32); outdiskcount integer; outdiskunit varchar(32);
            workdiskcount integer; workdiskunit varchar(32); ramcount integer; ramunit varchar(32);
            iointensity integer; iointensityunit varchar(32); workqueue_id integer; progress smallint;
            failurerate smallint; errordialog varchar(510); countrygroup varchar(20); parent_tid bigint;
            eventservice smallint; ticketid varchar(50); ticketsystemtype varchar(32); statechangetime timestamp;
            superstatus varchar(64); campaign varchar(32); mergeramcount integer; mergeramunit varchar(32);
            mergewalltime integer; mergewalltimeunit varchar(32); throttledtime timestamp; numthrottled smallint;
            mergecorecount integer; goal smallint; assessmenttime timestamp; cputime integer;
            cputimeunit varchar(32); cpuefficiency smallint; basewalltime integer; amiflag_old varchar(10);
            amiflag integer = 1; nucleus varchar(52); baseramcount integer; ttcrequested timestamp;
            ttcpredicted timestamp; ttcpredictiondate timestamp; rescuetime timestamp; requesttype varchar(32);
            gshare varchar(32); usejumbo char(1); resource_type varchar(56); diskio integer;
            diskiounit varchar(32); memory_leak_core bigint; memory_leak_x2 numeric(14,3); attemptnr smallint;
            container_name varchar(200); job_label varchar(20); realmodificationtime timestamp;
            framework varchar(50); activatedtime timestamp; queuedtime timestamp; actiontime timestamp
            """,
        primaryKey: "jeditaskid",
        indexes: """
            creationdate; modificationtime; parent_tid; realmodificationtime; reqid username;
            status workqueue_id prodsourcelabel jeditaskid; taskname jeditaskid
            """
    )

    static let datasets = SampleTableDefinition(
        schema: .domaPanda,
        name: "jedi_datasets",
        columns: """
            jeditaskid bigint!; datasetid bigint!; datasetname varchar(255)!; type varchar(20)!;
            creationtime timestamp!; modificationtime timestamp!; vo varchar(32); cloud varchar(10);
            site varchar(60); masterid bigint; provenanceid bigint; containername varchar(255); status varchar(20);
            state varchar(20); statechecktime timestamp; statecheckexpiration timestamp; frozentime timestamp;
            nfiles bigint; nfilestobeused bigint; nfilesused bigint; nfilesonhold bigint; nevents bigint;
            neventstobeused bigint; neventsused bigint; lockedby varchar(56); lockedtime timestamp;
            nfilesfinished bigint; nfilesfailed bigint; attributes varchar(100); streamname varchar(20);
            storagetoken varchar(100); destination varchar(60); templateid bigint; nfileswaiting bigint;
            nfilesmissing bigint
            """,
        primaryKey: "jeditaskid datasetid",
        indexes: """
            containername; datasetid; datasetname type jeditaskid; jeditaskid type
            """
    )

    static let taskParameters = SampleTableDefinition(
        schema: .domaPanda,
        name: "jedi_taskparams",
        columns: """
            jeditaskid bigint!; taskparams text
            """,
        primaryKey: "jeditaskid",
        indexes: ""
    )

    static let queues = SampleTableDefinition(
        schema: .domaPanda,
        name: "schedconfig_json",
        columns: """
            panda_queue varchar(50)!; data json; last_update timestamp
            """,
        primaryKey: "panda_queue",
        indexes: ""
    )
}
