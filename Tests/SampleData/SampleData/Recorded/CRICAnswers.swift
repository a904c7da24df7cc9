internal import JSON

/// Answers as the information system CRIC does about queues.
enum CRICAnswers {
    /// One queue, as far as it differs from others.
    private struct Queue {
        let name: String
        let site: String
        let cloud: String
        let country: String
        var status = "online"
        var memory = 2000
        var hours = 48
    }

    private static let atlas = [
        Queue(name: "BNL", site: "BNL-ATLAS", cloud: "US", country: "United States", memory: 4096, hours: 96),
        Queue(name: "MWT2", site: "MWT2", cloud: "US", country: "United States"),
        Queue(name: "TRIUMF", site: "TRIUMF-LCG2", cloud: "CA", country: "Canada", status: "brokeroff"),
        Queue(name: "CERN-PROD", site: "CERN-PROD", cloud: "CERN", country: "Switzerland"),
        Queue(name: "FZK-LCG2", site: "FZK-LCG2", cloud: "DE", country: "Germany", status: "test"),
    ]

    private static let rubin = [4, 16].map { gigabytes in
        Queue(
            name: "SLAC_Rubin_\(gigabytes)G",
            site: "SLAC",
            cloud: "US",
            country: "United States",
            memory: gigabytes * 1000
        )
    }

    /// The answer for a path such as `atlas/pandaqueue/query`.
    static func answer(path: [String], now: SampleInstant) -> RecordedAnswer {
        guard path.count == 3, path[1] == "pandaqueue", path[2] == "query" else { return .notFound }
        switch path[0] {
        case "atlas": return answer(atlas, "atlas", now)
        case "rubin": return answer(rubin, "Rubin", now)
        default: return .notFound
        }
    }

    private static func answer(_ queues: [Queue], _ experiment: String, _ now: SampleInstant) -> RecordedAnswer {
        var answer = JSONObject()
        for queue in queues {
            answer[queue.name] = [
                "name": .string(queue.name), "nickname": .string(queue.name), "vo_name": .string(experiment),
                "status": .string(queue.status), "state": "ACTIVE", "atlas_site": .string(queue.site),
                "rc_site": .string(queue.site), "cloud": .string(queue.cloud), "country": .string(queue.country),
                "region": .string(queue.cloud), "type": "unified", "resource_type": "GRID", "capability": "ucore",
                "tier": "T1", "corecount": 8, "corepower": 11.5, "maxrss": .integer(queue.memory), "minrss": 0,
                "maxtime": .integer(queue.hours * 3600), "maxwdir": 20480, "maxinputsize": 14336,
                "copytools": ["rucio": ["setup": ""]], "container_type": "singularity:pilot;docker:wrapper",
                "pilot_manager": "Harvester", "pilot_version": "current", "harvester": "CERN_central_A",
                "params": ["pilot_rss_grace": 2.0], "queues": [],
                "last_modified": .string(now.adding(seconds: -7200).isoText),
            ]
        }
        return .json(.object(answer))
    }
}
