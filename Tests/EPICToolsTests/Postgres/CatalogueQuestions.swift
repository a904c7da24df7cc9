import JSON
import SampleData

/// What the tools about the production catalogue, workers and single tasks are asked on both databases.
extension ToolQuestions {
    static let catalogue: [ToolQuestion] =
        questions("pcs_list_tags", ["p", "e", "s", "r", "k", "P", "x", ""].map { ["tag_type": $0] })
        + questions(
            "pcs_list_tags",
            [
                ["tag_type": "p", "category": "dis"], ["tag_type": "p", "category": "none"],
                ["tag_type": "e", "category": "DIS"], ["tag_type": "p", "status": "DRAFT"],
                ["tag_type": "p", "status": "open"], ["tag_type": "p", "creator": "afischer"],
                ["tag_type": "p", "creator": "nobody"], ["tag_type": "p", "limit": 2], ["tag_type": "p", "limit": 0],
                ["tag_type": "p", "cursor": "x"], [:],
            ]
        )
        + [ToolQuestion("pcs_list_tags", ["tag_type": "p", "limit": 3], pages: 5)]
        + texts.map { ToolQuestion("pcs_list_tags", ["tag_type": "r", "search": .string($0)]) }
        + questions("pcs_list_tags", ["18X275", "p100", "_", "q2_1"].map { ["tag_type": "p", "search": $0] })
        + questions(
            "pcs_get_tag",
            ["p1001", " R2 ", "e3", "s1", "k1", "p9", "x1", "p", "p-1", "p1001x", "p99999999999999999999", ""]
                .map { ["tag_label": $0] }
        )
        + questions(
            "pcs_search_tags",
            [
                ["query": "18x275"], ["query": "PYTHIA8"], ["query": "test_%_only"], ["query": "locked"],
                ["query": "ep", "tag_type": "p"], ["query": "synrad"], ["query": "26.02", "tag_type": "s"],
                ["query": "a", "limit": 3], ["query": "a", "tag_type": "q"], ["query": ""],
                ["query": "a", "cursor": "1"],
            ]
        )
        + [ToolQuestion("pcs_search_tags", ["query": "1", "limit": 4], pages: 5)]

    static let guides: [ToolQuestion] = ["get_server_instructions", "swf_list_available_tools"].flatMap { tool in
        questions(tool, [[:], ["unknown": 1]])
    }

    static let workers: [ToolQuestion] = questions(
        "panda_harvester_workers",
        [
            [:], ["hours": 24], ["days": 2], ["hours": 1, "days": 1], ["hours": 0], ["site": "E1_BNL"],
            ["site": "%BNL%"], ["site": "e1_bnl"], ["status": "running"], ["status": "s%"],
            ["resourcetype": "MCORE", "status": "failed"], ["site": "none"],
        ]
    )

    static let taskStudies: [ToolQuestion] = questions(
        "panda_study_task",
        (EdgeCases.tasks + [38_500, 38_890, 1, 9_007_199_254_740_991]).map { ["jeditaskid": .integer($0)] }
            + [["jeditaskid": 0], [:]]
    )
}
