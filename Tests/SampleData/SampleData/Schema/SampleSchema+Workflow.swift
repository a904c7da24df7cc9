/// Agents, workflows and messages of the testbed.
extension SampleSchema {
    static let agents = SampleTableDefinition(
        schema: .monitor,
        name: "swf_systemagent",
        columns: """
            id bigint!; instance_name varchar(100)!; agent_type varchar(20)!; description text!;
            status varchar(10)!; last_heartbeat timestamptz; agent_url varchar(200); workflow_enabled boolean!;
            current_stf_count integer!; total_stf_processed integer!; last_stf_processed timestamptz; pid integer;
            hostname varchar(100); operational_state varchar(20)!; namespace varchar(100); metadata jsonb;
            created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique instance_name; namespace
            """
    )

    static let namespace = SampleTableDefinition(
        schema: .monitor,
        name: "swf_namespace",
        columns: """
            name varchar(100)!; owner varchar(100)!; description text!; metadata jsonb; created_at timestamptz!;
            updated_at timestamptz!
            """,
        primaryKey: "name",
        indexes: ""
    )

    static let workflowDefinitions = SampleTableDefinition(
        schema: .monitor,
        name: "swf_workflow_definitions",
        columns: """
            id bigint!; workflow_name varchar(200)!; version varchar(50)!; workflow_type varchar(100)!;
            definition text!; parameter_values jsonb!; created_by varchar(100)!; created_at timestamptz!;
            updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique workflow_name version
            """
    )

    static let workflowExecutions = SampleTableDefinition(
        schema: .monitor,
        name: "swf_workflow_executions",
        columns: """
            execution_id varchar(100)!; namespace varchar(100); parameter_values jsonb!; performance_metrics jsonb;
            status varchar(50)!; start_time timestamptz!; end_time timestamptz; executed_by varchar(100)!;
            workflow_definition_id bigint!
            """,
        primaryKey: "execution_id",
        indexes: """
            namespace; workflow_definition_id
            """
    )

    static let workflowMessages = SampleTableDefinition(
        schema: .monitor,
        name: "swf_workflow_messages",
        columns: """
            message_id uuid!; message_type varchar(50)!; request_id integer; sender_agent varchar(100);
            sender_type varchar(20); recipient_agent varchar(100); recipient_type varchar(20);
            namespace varchar(100); execution_id varchar(100); run_id varchar(50); message_content jsonb!;
            message_metadata jsonb; sent_at timestamptz!; delivered_at timestamptz; acknowledged_at timestamptz;
            is_successful boolean; error_message text; queue_name varchar(100); correlation_id varchar(100);
            stage_id uuid; workflow_id uuid
            """,
        primaryKey: "message_id",
        indexes: """
            execution_id; message_type sent_at; namespace; namespace execution_id; namespace run_id; run_id;
            sender_agent sent_at; stage_id; workflow_id; workflow_id message_type
            """
    )

    static let stfWorkflows = SampleTableDefinition(
        schema: .monitor,
        name: "swf_stf_workflows",
        columns: """
            workflow_id uuid!; filename varchar(255)!; file_id uuid; namespace varchar(100);
            execution_id varchar(100); run_id varchar(50); daq_state varchar(20)!; daq_substate varchar(20)!;
            generated_time timestamptz!; stf_start_time timestamptz!; stf_end_time timestamptz!;
            current_status varchar(30)!; current_agent varchar(20)!; completed_at timestamptz;
            failed_at timestamptz; failure_reason text; stf_metadata jsonb; created_at timestamptz!;
            updated_at timestamptz!
            """,
        primaryKey: "workflow_id",
        indexes: """
            current_agent; current_status generated_time; daq_state daq_substate; execution_id; unique filename;
            namespace; namespace execution_id; namespace run_id; run_id
            """
    )

    static let agentWorkflowStages = SampleTableDefinition(
        schema: .monitor,
        name: "swf_agent_workflow_stages",
        columns: """
            stage_id uuid!; agent_name varchar(100)!; agent_type varchar(20)!; status varchar(30)!;
            received_at timestamptz; started_at timestamptz; completed_at timestamptz; failed_at timestamptz;
            processing_time_seconds double precision; failure_reason text; input_message jsonb;
            output_message jsonb; stage_metadata jsonb; created_at timestamptz!; updated_at timestamptz!;
            workflow_id uuid!
            """,
        primaryKey: "stage_id",
        indexes: """
            agent_name status; received_at; workflow_id; unique workflow_id agent_name agent_type;
            workflow_id agent_type
            """
    )

    static let logs = SampleTableDefinition(
        schema: .monitor,
        name: "swf_applog",
        columns: """
            id bigint!; app_name varchar(100)!; instance_name varchar(100)!; timestamp timestamptz!;
            level integer!; levelname varchar(50)!; message text!; module varchar(255)!; funcname varchar(255)!;
            lineno integer!; process integer!; thread bigint!; extra_data jsonb
            """,
        primaryKey: "id",
        indexes: """
            timestamp; timestamp app_name instance_name; app_name; instance_name; level
            """
    )

    static let persistentState = SampleTableDefinition(
        schema: .monitor,
        name: "swf_persistent_state",
        columns: """
            id integer!; state_data jsonb!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: ""
    )

    static let sysConfig = SampleTableDefinition(
        schema: .monitor,
        name: "swf_sys_config",
        columns: """
            id integer!; config_data jsonb!; updated_at timestamptz!; updated_by varchar(100)!
            """,
        primaryKey: "id",
        indexes: ""
    )

    static let subscribers = SampleTableDefinition(
        schema: .monitor,
        name: "swf_subscribers",
        columns: """
            subscriber_id integer!; subscriber_name varchar(255)!; fraction double precision; description text;
            is_active boolean!; created_at timestamptz!; updated_at timestamptz!; delivery_type varchar(20)!;
            client_ip inet; client_location varchar(255)!; connected_at timestamptz; disconnected_at timestamptz;
            last_activity timestamptz; message_filters jsonb!; messages_received integer!; messages_sent integer!;
            messages_dropped integer!
            """,
        primaryKey: "subscriber_id",
        indexes: """
            delivery_type is_active; unique subscriber_name
            """
    )

    static let systemStateEvents = SampleTableDefinition(
        schema: .monitor,
        name: "swf_system_state_events",
        columns: """
            event_id integer!; timestamp timestamptz!; run_number integer!; event_type varchar(50)!;
            state varchar(20)!; substate varchar(20); event_data jsonb!
            """,
        primaryKey: "event_id",
        indexes: """
            timestamp; timestamp run_number; event_type; run_number; state; substate
            """
    )
}
