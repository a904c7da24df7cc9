/// The production catalogue: tags, data sets, configurations and requests.
extension SampleSchema {
    static let pcsPhysicsCategory = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_physics_category",
        columns: """
            digit smallint!; name varchar(100)!; description text!; created_by varchar(100)!;
            created_at timestamptz!
            """,
        primaryKey: "digit",
        indexes: """
            unique name
            """
    )

    static let pcsPhysicsTag = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_physics_tag",
        columns: """
            id bigint!; tag_number integer!; tag_label varchar(10)!; status varchar(10)!; description text!;
            parameters jsonb!; created_by varchar(100)!; created_at timestamptz!; updated_at timestamptz!;
            category_id smallint!
            """,
        primaryKey: "id",
        indexes: """
            category_id; unique tag_label; unique tag_number
            """
    )

    static let pcsEvgenTag = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_evgen_tag",
        columns: """
            id bigint!; tag_number integer!; tag_label varchar(10)!; status varchar(10)!; description text!;
            parameters jsonb!; created_by varchar(100)!; created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique tag_label; unique tag_number
            """
    )

    static let pcsSimuTag = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_simu_tag",
        columns: """
            id bigint!; tag_number integer!; tag_label varchar(10)!; status varchar(10)!; description text!;
            parameters jsonb!; created_by varchar(100)!; created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique tag_label; unique tag_number
            """
    )

    static let pcsRecoTag = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_reco_tag",
        columns: """
            id bigint!; tag_number integer!; tag_label varchar(10)!; status varchar(10)!; description text!;
            parameters jsonb!; created_by varchar(100)!; created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique tag_label; unique tag_number
            """
    )

    static let pcsBackgroundTag = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_background_tag",
        columns: """
            id bigint!; tag_number integer!; tag_label varchar(10)!; status varchar(10)!; description text!;
            parameters jsonb!; created_by varchar(100)!; created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique tag_label; unique tag_number
            """
    )

    static let pcsPhysicsConfig = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_physics_config",
        columns: """
            id bigint!; label varchar(16)!; config_key varchar(500)!; sample_name varchar(120)!;
            evgen_display varchar(200)!; requestors jsonb!; metadata jsonb!; created_by varchar(100)!;
            created_at timestamptz!; updated_at timestamptz!; background_tag_id bigint; physics_tag_id bigint!
            """,
        primaryKey: "id",
        indexes: """
            background_tag_id; unique config_key; unique label; physics_tag_id
            """
    )

    static let pcsCampaign = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_campaign",
        columns: """
            id bigint!; name varchar(100)!; lifecycle varchar(20)!; description text!; start_date date;
            end_date date; data jsonb!; created_by varchar(100)!; created_at timestamptz!; updated_at timestamptz!;
            clone_of_id bigint
            """,
        primaryKey: "id",
        indexes: """
            clone_of_id; unique name
            """
    )

    static let pcsDataset = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_dataset",
        columns: """
            id bigint!; dataset_name varchar(255)!; composed_name varchar(255)!; scope varchar(100)!;
            detector_version varchar(50)!; detector_config varchar(100)!; sample_name varchar(120)!;
            propagation varchar(16)!; replaced_by varchar(255)!; block_num integer!; blocks integer!;
            did varchar(300)!; file_count integer!; data_size bigint!; description text!; metadata jsonb;
            created_by varchar(100)!; created_at timestamptz!; background_tag_id bigint; campaign_id bigint;
            evgen_tag_id bigint!; physics_tag_id bigint!; reco_tag_id bigint!; simu_tag_id bigint!;
            expected_events bigint; expected_events_source varchar(16)!; physics_config_id bigint
            """,
        primaryKey: "id",
        indexes: """
            background_tag_id; campaign_id; composed_name; unique dataset_name block_num; unique did; evgen_tag_id;
            physics_config_id; physics_tag_id; reco_tag_id; simu_tag_id
            """
    )

    static let pcsProdConfig = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_prod_config",
        columns: """
            id bigint!; name varchar(200)!; description text!; bg_mixing boolean!; bg_cross_section varchar(200)!;
            bg_evtgen_file varchar(500)!; copy_reco boolean!; copy_full boolean!; copy_log boolean!;
            use_rucio boolean!; jug_xl_tag varchar(100)!; container_image varchar(500)!;
            target_hours_per_job numeric; events_per_task integer; condor_template text!; panda_site varchar(200)!;
            panda_queue varchar(200)!; panda_working_group varchar(100)!; panda_resource_type varchar(100)!;
            rucio_rse varchar(200)!; rucio_replication_rules jsonb; data jsonb; created_by varchar(100)!;
            created_at timestamptz!; updated_at timestamptz!
            """,
        primaryKey: "id",
        indexes: """
            unique name
            """
    )

    static let pcsProdTask = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_prod_task",
        columns: """
            id bigint!; name varchar(255)!; description text!; status varchar(20)!; requestor varchar(100)!;
            priority integer; pre_tdr_use boolean!; early_science_use boolean!; other_use boolean!;
            new_request boolean!; csv_file varchar(500)!; overrides jsonb; condor_command text!;
            panda_command text!; panda_task_id bigint; condor_cluster_id varchar(100)!; created_by varchar(100)!;
            created_at timestamptz!; updated_at timestamptz!; campaign_id bigint; dataset_id bigint!;
            prod_config_id bigint!; request_id bigint
            """,
        primaryKey: "id",
        indexes: """
            campaign_id; dataset_id; unique name; prod_config_id; request_id
            """
    )

    static let pcsPandaTasks = SampleTableDefinition(
        schema: .monitor,
        name: "pcs_panda_tasks",
        columns: """
            id bigint!; try_number integer!; jedi_task_id bigint; task_name varchar(300)!; out_ds varchar(300)!;
            log_ds varchar(300)!; site varchar(100)!; status_snapshot varchar(50)!;
            association_source varchar(50)!; match_reason text!; metadata jsonb!; created_at timestamptz!;
            updated_at timestamptz!; prod_task_id bigint!
            """,
        primaryKey: "id",
        indexes: """
            jedi_task_id; prod_task_id; unique prod_task_id try_number; task_name
            """
    )
}
