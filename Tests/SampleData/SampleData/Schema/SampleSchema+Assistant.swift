/// What assistants record about themselves.
extension SampleSchema {
    static let aiMemory = SampleTableDefinition(
        schema: .monitor,
        name: "swf_ai_memory",
        columns: """
            id integer!; username varchar(100)!; session_id varchar(255)!; role varchar(20)!; content text!;
            created_at timestamptz!; namespace varchar(100); project_path varchar(500)
            """,
        primaryKey: "id",
        indexes: """
            created_at; session_id; username; username created_at
            """
    )

    static let aiContent = SampleTableDefinition(
        schema: .monitor,
        name: "swf_ai_content",
        columns: """
            id bigint!; subject_type varchar(100)!; subject_key varchar(500)!; subject_label varchar(500)!;
            subject_url varchar(500)!; username varchar(100)!; ai varchar(100)!; assessment text!; data jsonb!;
            created_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            created_at; subject_key; subject_type; subject_type subject_key created_at; username created_at
            """
    )

    static let aiProposals = SampleTableDefinition(
        schema: .monitor,
        name: "ai_proposal",
        columns: """
            id bigint!; action varchar(40)!; subject_type varchar(40)!; subject_key varchar(255)!;
            counterpart_key varchar(255)!; payload jsonb!; comment text!; confidence varchar(16)!;
            proposer varchar(100)!; scan_version integer!; batch_id varchar(100)!; executor varchar(20)!;
            precondition jsonb!; input_hash varchar(40)!; status varchar(30)!; quality varchar(10)!;
            created_by varchar(100)!; created_at timestamptz!; decided_by varchar(100)!; decided_at timestamptz;
            executed_log_id bigint; undone_by varchar(100)!; undone_at timestamptz; undone_log_id bigint
            """,
        primaryKey: "id",
        indexes: ""
    )

    static let dataProvenance = SampleTableDefinition(
        schema: .monitor,
        name: "swf_data_provenance",
        columns: """
            id bigint!; dpid varchar(12)!; tool_name varchar(100)!; tool_args jsonb!; created_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique dpid
            """
    )
}
