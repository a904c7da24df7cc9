/// Jobs and their files, as PanDA keeps them.
extension SampleSchema {
    static let activeJobs = SampleTableDefinition(
        schema: .domaPanda,
        name: "jobsactive4",
        columns: """
            pandaid bigint! = 0; jobdefinitionid bigint! = 0; schedulerid varchar(128); pilotid varchar(200);
            creationtime timestamp! = epoch; creationhost varchar(128); modificationtime timestamp! = epoch;
            modificationhost varchar(128); atlasrelease varchar(64); transformation varchar(250);
            homepackage varchar(80); prodserieslabel varchar(20) = Rome; prodsourcelabel varchar(20) = managed;
            produserid varchar(250); assignedpriority integer! = 0; currentpriority integer! = 0;
            attemptnr smallint! = 0; maxattempt smallint! = 0; jobstatus varchar(15)! = activated;
            jobname varchar(256); maxcpucount bigint! = 0; maxcpuunit varchar(32); maxdiskcount bigint! = 0;
            maxdiskunit char(4); ipconnectivity char(5); minramcount bigint! = 0; minramunit char(2);
            starttime timestamp = epoch; endtime timestamp = epoch; cpuconsumptiontime numeric(20,0)! = 0;
            cpuconsumptionunit varchar(128); commandtopilot varchar(250); transexitcode varchar(128);
            piloterrorcode integer! = 0; piloterrordiag varchar(500); exeerrorcode integer! = 0;
            exeerrordiag varchar(500); superrorcode integer! = 0; superrordiag varchar(250);
            ddmerrorcode integer! = 0; ddmerrordiag varchar(500); brokerageerrorcode integer! = 0;
            brokerageerrordiag varchar(250); jobdispatchererrorcode integer! = 0;
            jobdispatchererrordiag varchar(250); taskbuffererrorcode integer! = 0;
            taskbuffererrordiag varchar(300); computingsite varchar(128); computingelement varchar(128);
            jobparameters text; metadata text; proddblock varchar(255); dispatchdblock varchar(255);
            destinationdblock varchar(255); destinationse varchar(250); nevents bigint! = 0; grid varchar(50);
            cloud varchar(50); cpuconversion numeric(9,4); sourcesite varchar(36); destinationsite varchar(36);
            transfertype varchar(10); taskid integer; cmtconfig varchar(250); statechangetime timestamp = epoch;
            proddbupdatetime timestamp = epoch; lockedby varchar(128); relocationflag smallint = 0;
            jobexecutionid bigint = 0; vo varchar(32); pilottiming varchar(100); workinggroup varchar(20);
            processingtype varchar(64); produsername varchar(60); ninputfiles integer; countrygroup varchar(20);
            batchid varchar(80); parentid bigint; specialhandling varchar(80); jobsetid bigint; corecount smallint;
            ninputdatafiles integer; inputfiletype varchar(32); inputfileproject varchar(64);
            inputfilebytes bigint; noutputdatafiles integer; outputfilebytes bigint; jobmetrics varchar(500);
            workqueue_id integer; jeditaskid bigint; jobsubstatus varchar(80); actualcorecount integer;
            reqid integer; maxrss bigint; maxvmem bigint; maxswap bigint; maxpss bigint; avgrss bigint;
            avgvmem bigint; avgswap bigint; avgpss bigint; maxwalltime bigint; nucleus varchar(52);
            eventservice smallint; failedattempt smallint; hs06sec bigint; gshare varchar(32); hs06 bigint;
            totrchar bigint; totwchar bigint; totrbytes bigint; totwbytes bigint; raterchar bigint;
            ratewchar bigint; raterbytes bigint; ratewbytes bigint; resource_type varchar(56); diskio integer;
            memory_leak bigint; memory_leak_x2 numeric(14,3); container_name varchar(200); job_label varchar(20);
            meancorecount numeric(8,2); gco2_regional numeric(10,2); gco2_global numeric(10,2);
            cpu_architecture_level varchar(20); outputfiletype varchar(32)
            """,
        primaryKey: "pandaid",
        indexes: """
            computingsite jobstatus; jeditaskid jobstatus; unique jeditaskid pandaid; jobname;
            jobstatus prodsourcelabel workinggroup; modificationtime; produsername jobstatus; reqid;
            statechangetime
            """
    )

    static let archivedJobs = SampleTableDefinition(
        schema: .domaPanda,
        name: "jobsarchived4",
        columns: """
            pandaid bigint! = 0; modificationtime timestamp!; jobdefinitionid bigint! = 0;
            schedulerid varchar(128); pilotid varchar(200); creationtime timestamp! = epoch;
            creationhost varchar(128); modificationhost varchar(128); atlasrelease varchar(64);
            transformation varchar(250); homepackage varchar(80); prodserieslabel varchar(20) = Rome;
            prodsourcelabel varchar(20) = managed; produserid varchar(250); assignedpriority integer! = 0;
            currentpriority integer! = 0; attemptnr smallint! = 0; maxattempt smallint! = 0;
            jobstatus varchar(15)! = activated; jobname varchar(256); maxcpucount bigint! = 0;
            maxcpuunit varchar(32); maxdiskcount bigint! = 0; maxdiskunit char(4); ipconnectivity char(5);
            minramcount bigint! = 0; minramunit char(2); starttime timestamp = epoch; endtime timestamp = epoch;
            cpuconsumptiontime numeric(20,0)! = 0; cpuconsumptionunit varchar(128); commandtopilot varchar(250);
            transexitcode varchar(128); piloterrorcode integer! = 0; piloterrordiag varchar(500);
            exeerrorcode integer! = 0; exeerrordiag varchar(500); superrorcode integer! = 0;
            superrordiag varchar(250); ddmerrorcode integer! = 0; ddmerrordiag varchar(700);
            brokerageerrorcode integer! = 0; brokerageerrordiag varchar(250); jobdispatchererrorcode integer! = 0;
            jobdispatchererrordiag varchar(250); taskbuffererrorcode integer! = 0;
            taskbuffererrordiag varchar(300); computingsite varchar(128); computingelement varchar(128);
            proddblock varchar(255); dispatchdblock varchar(255); destinationdblock varchar(255);
            destinationse varchar(250); nevents bigint! = 0; grid varchar(50); cloud varchar(50);
            cpuconversion numeric(9,4); sourcesite varchar(36); destinationsite varchar(36);
            transfertype varchar(10); taskid integer; cmtconfig varchar(250); statechangetime timestamp = epoch;
            proddbupdatetime timestamp = epoch; lockedby varchar(128); relocationflag smallint = 0;
            jobexecutionid bigint = 0; vo varchar(32); pilottiming varchar(100); workinggroup varchar(20);
            processingtype varchar(64); produsername varchar(60); ninputfiles integer; countrygroup varchar(20);
            batchid varchar(80); parentid bigint; specialhandling varchar(80); jobsetid bigint; corecount smallint;
            jobparameters text; metadata text; ninputdatafiles integer; inputfiletype varchar(32);
            inputfileproject varchar(64); inputfilebytes bigint; noutputdatafiles integer; outputfilebytes bigint;
            jobmetrics varchar(500); workqueue_id integer; jeditaskid bigint; jobsubstatus varchar(80);
            actualcorecount integer; reqid integer; maxrss bigint; maxvmem bigint; maxswap bigint; maxpss bigint;
            avgrss bigint; avgvmem bigint; avgswap bigint; avgpss bigint; maxwalltime bigint; nucleus varchar(52);
            eventservice smallint; failedattempt smallint; hs06sec bigint; gshare varchar(32); hs06 bigint;
            totrchar bigint; totwchar bigint; totrbytes bigint; totwbytes bigint; raterchar bigint;
            ratewchar bigint; raterbytes bigint; ratewbytes bigint; resource_type varchar(56); diskio integer;
            memory_leak bigint; memory_leak_x2 numeric(14,3); container_name varchar(200); job_label varchar(20);
            meancorecount numeric(8,2); gco2_regional numeric(10,2); gco2_global numeric(10,2);
            cpu_architecture_level varchar(20); outputfiletype varchar(32)
            """,
        primaryKey: "pandaid modificationtime",
        indexes: """
            computingsite cloud jobstatus prodsourcelabel processingtype modificationtime;
            jeditaskid jobstatus prodsourcelabel pandaid; jobname; modificationtime prodsourcelabel;
            piloterrorcode; produsername jobstatus; reqid; statechangetime; workinggroup jobstatus
            """
    )

    static let files = SampleTableDefinition(
        schema: .domaPanda,
        name: "filestable4",
        columns: """
            row_id bigint!; pandaid bigint! = 0; modificationtime timestamp! = epoch; guid varchar(64);
            lfn varchar(4000); type varchar(20); dataset varchar(255); status varchar(64); proddblock varchar(255);
            proddblocktoken varchar(250); dispatchdblock varchar(255); dispatchdblocktoken varchar(250);
            destinationdblock varchar(255); destinationdblocktoken varchar(250); destinationse varchar(250);
            fsize bigint! = 0; md5sum varchar(36); checksum varchar(36); scope varchar(30); jeditaskid bigint;
            datasetid bigint; fileid bigint; attemptnr smallint
            """,
        primaryKey: "row_id modificationtime",
        indexes: """
            dataset type destinationdblock status pandaid; jeditaskid datasetid fileid; lfn; pandaid
            """
    )
}
