/// Runs, files and slices of the testbed.
extension SampleSchema {
    static let runs = SampleTableDefinition(
        schema: .monitor,
        name: "swf_runs",
        columns: """
            run_id integer!; run_number integer!; start_time timestamptz!; end_time timestamptz;
            run_conditions jsonb
            """,
        primaryKey: "run_id",
        indexes: """
            unique run_number
            """
    )

    static let runState = SampleTableDefinition(
        schema: .monitor,
        name: "swf_run_state",
        columns: """
            run_number integer!; phase varchar(20)!; state varchar(20)!; substate varchar(20);
            target_worker_count integer!; active_worker_count integer!; stf_samples_received integer!;
            slices_created integer!; slices_queued integer!; slices_processing integer!; slices_completed integer!;
            slices_failed integer!; state_changed_at timestamptz!; updated_at timestamptz!; metadata jsonb
            """,
        primaryKey: "run_number",
        indexes: ""
    )

    static let stfFiles = SampleTableDefinition(
        schema: .monitor,
        name: "swf_stf_files",
        columns: """
            file_id uuid!; machine_state varchar(64)!; stf_filename varchar(255)!; file_size_bytes bigint;
            checksum varchar(64); created_at timestamptz!; status varchar(20)!; metadata jsonb; workflow_id uuid;
            daq_state varchar(20); daq_substate varchar(20); workflow_status varchar(30); tf_count integer;
            run_id integer!
            """,
        primaryKey: "file_id",
        indexes: """
            run_id; unique stf_filename; workflow_id
            """
    )

    static let fastmonFiles = SampleTableDefinition(
        schema: .monitor,
        name: "swf_fastmon_files",
        columns: """
            tf_file_id uuid!; tf_filename varchar(255)!; file_size_bytes bigint; checksum varchar(64);
            status varchar(20)!; metadata jsonb; created_at timestamptz!; updated_at timestamptz!;
            tf_count integer; tf_first integer; tf_last integer; stf_file_id uuid!
            """,
        primaryKey: "tf_file_id",
        indexes: """
            stf_file_id; unique tf_filename
            """
    )

    static let tfSlices = SampleTableDefinition(
        schema: .monitor,
        name: "swf_tf_slices",
        columns: """
            id bigint!; slice_id integer!; tf_first integer!; tf_last integer!; tf_count integer!;
            run_number integer!; status varchar(20)!; retries integer!; metadata jsonb; created_at timestamptz!;
            updated_at timestamptz!; assigned_worker varchar(255); assigned_at timestamptz;
            completed_at timestamptz; fastmon_file_id uuid!
            """,
        primaryKey: "id",
        indexes: """
            fastmon_file_id; unique fastmon_file_id slice_id; fastmon_file_id status; run_number;
            run_number status; status created_at
            """
    )

    static let sliceWorkers = SampleTableDefinition(
        schema: .monitor,
        name: "swf_workers",
        columns: """
            worker_id varchar(255)!; run_number integer!; panda_job varchar(255)!; location varchar(255)!;
            status varchar(20)!; current_slice_id integer; tf_filename varchar(255); slices_completed integer!;
            last_heartbeat timestamptz; started_at timestamptz!; ended_at timestamptz; metadata jsonb
            """,
        primaryKey: "worker_id",
        indexes: """
            run_number; run_number status
            """
    )

    static let pandaQueues = SampleTableDefinition(
        schema: .monitor,
        name: "swf_panda_queues",
        columns: """
            queue_name varchar(100)!; site varchar(100)!; status varchar(50)!; queue_type varchar(50)!;
            config_data jsonb!; metadata jsonb!; created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "queue_name",
        indexes: ""
    )

    static let epicprodJobs = SampleTableDefinition(
        schema: .monitor,
        name: "swf_epicprod_jobs",
        columns: """
            pandaid bigint!; jeditaskid bigint; seq_number integer; job_index integer; status varchar(40)!;
            phase varchar(80)!; failure_summary text!; data jsonb!; created_at timestamptz!;
            updated_at timestamptz!; last_refreshed_at timestamptz; prod_task_id bigint
            """,
        primaryKey: "pandaid",
        indexes: """
            jeditaskid; jeditaskid seq_number; job_index; phase; phase status; prod_task_id; prod_task_id status;
            seq_number; status
            """
    )
}
