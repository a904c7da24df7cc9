internal import JSON

/// Answers as a Rucio server of version 41.5 does: lists with one object per line, errors that name a class.
struct RucioAnswers {
    private static let names = (1...40).map { number in "AOD.0000\(number < 10 ? "0" : "")\(number).pool.root" }
    private static let fileBytes = 1_000_000_000
    private static let sites = ["BNL-OSG2_DATADISK", "CERN-PROD_DATADISK"]
    private static let ruleID = "8ea6fed9544b4d2ab734967d78c7bfb5"

    private let scope = "mc23"
    private let dataset = "mc23.ttbar.AOD.e1_s2_r3"
    private let container = "mc23.ttbar.all"
    private let now: SampleInstant

    init(now: SampleInstant) {
        self.now = now
    }

    /// The answer for a path such as `dids/mc23/mc23.ttbar.all`.
    func answer(path: [String], query: RecordedQuery) -> RecordedAnswer {
        switch path.first {
        case "ping": .json(["version": "41.5.1"])
        case "dids" where path.count == 4 && path[2] == "dids": found(path[1], query)
        case "dids" where path.count >= 3: data(path[1], path[2], path.dropFirst(3).first)
        case "replicas" where path.count >= 3: replicas(path[1], path[2])
        case "rules": rules(Array(path.dropFirst()), query)
        case "rses": storage(Array(path.dropFirst()), query)
        case "accounts" where path.count == 4 && path[2] == "usage": usage(path[1], path[3])
        default: .notFound
        }
    }

    // MARK: - Data

    private func did(_ name: String, _ kind: String, _ member: String = "type") -> JSONValue {
        let isFile = kind == "FILE"
        return [
            "scope": .string(scope), "name": .string(name), member: .string(kind),
            "bytes": isFile ? .integer(Self.fileBytes) : nil, "length": nil,
        ]
    }

    private func kind(of name: String) -> String? {
        switch name {
        case dataset: "DATASET"
        case container: "CONTAINER"
        default: Self.names.contains(name) ? "FILE" : nil
        }
    }

    private func found(_ scope: String, _ query: RecordedQuery) -> RecordedAnswer {
        guard scope == self.scope else { return .text("") }
        let pattern = (query["name"] ?? "").split(separator: "*", omittingEmptySubsequences: false)
        let beginning = pattern.first ?? ""
        let kinds: Set<String> =
            switch query["type"] {
            case "file": ["FILE"]
            case "dataset": ["DATASET"]
            case "container": ["CONTAINER"]
            case "all": ["FILE", "DATASET", "CONTAINER"]
            default: ["DATASET", "CONTAINER"]
            }
        let names = ([dataset, container] + Self.names).filter { name in
            kinds.contains(kind(of: name) ?? "") && (pattern.count > 1 ? name.hasPrefix(beginning) : name == beginning)
        }
        return Self.lines(names.map { did($0, kind(of: $0) ?? "FILE", "did_type") })
    }

    private func data(_ scope: String, _ name: String, _ part: String?) -> RecordedAnswer {
        guard scope == self.scope, let kind = kind(of: name) else { return Self.missing("DataIdentifierNotFound") }
        let files = kind == "FILE" ? [name] : Self.names
        switch part {
        case nil:
            return .json([
                "scope": .string(scope), "name": .string(name), "type": .string(kind), "account": "prod", "open": true,
                "monotonic": false, "expired_at": nil, "length": .integer(files.count),
                "bytes": .integer(files.count * Self.fileBytes),
            ])
        case "meta":
            return .json([
                "account": "prod", "created_at": .string(now.adding(seconds: -86_400 * 9).isoText), "campaign": "mc23",
                "datatype": "AOD", "task_id": 46_374_283, "hidden": false, "md5": nil,
            ])
        case "parents": return Self.lines(kind == "DATASET" ? [did(container, "CONTAINER")] : [])
        case "dids": return Self.lines(kind == "CONTAINER" ? [did(dataset, "DATASET")] : [])
        case "files":
            return Self.lines(
                files.map {
                    [
                        "scope": .string(scope), "name": .string($0), "bytes": .integer(Self.fileBytes),
                        "adler32": "0cc737eb", "guid": nil, "events": 10_000,
                    ]
                }
            )
        case "rules": return Self.lines([rule])
        default: return .notFound
        }
    }

    private func replicas(_ scope: String, _ name: String) -> RecordedAnswer {
        guard scope == self.scope, let kind = kind(of: name) else { return Self.lines([]) }
        guard kind == "FILE" else {
            return Self.lines(
                Self.sites.map { site in
                    let count = site == "CERN-PROD_DATADISK" ? Self.names.count : Self.names.count / 2
                    return [
                        "scope": .string(scope), "name": .string(name), "rse": .string(site),
                        "length": .integer(Self.names.count), "available_length": .integer(count),
                        "available_bytes": .integer(count * Self.fileBytes),
                    ]
                }
            )
        }
        var (addresses, states) = (JSONObject(), JSONObject())
        for site in Self.sites {
            addresses[site] = [.string("https://\(site.lowercased()).example.org/data/\(scope)/\(name)")]
            states[site] = "AVAILABLE"
        }
        return Self.lines([
            ["scope": .string(scope), "name": .string(name), "rses": .object(addresses), "states": .object(states)]
        ])
    }

    // MARK: - Rules, storage and accounts

    private var rule: JSONValue {
        [
            "id": .string(Self.ruleID), "scope": .string(scope), "name": .string(dataset), "did_type": "DATASET",
            "account": "prod", "state": "STUCK", "rse_expression": "BNL-OSG2_DATADISK", "copies": 1,
            "locks_ok_cnt": 20, "locks_replicating_cnt": 18, "locks_stuck_cnt": 2, "activity": "Production Input",
            "created_at": .string(now.adding(seconds: -86_400 * 2).isoText), "expires_at": nil, "comments": nil,
            "error": "MissingSourceReplica",
        ]
    }

    private func rules(_ path: [String], _ query: RecordedQuery) -> RecordedAnswer {
        guard let id = path.first, !id.isEmpty else { return Self.lines(query["account"] == "prod" ? [rule] : []) }
        guard id == Self.ruleID else { return Self.missing("RuleNotFound") }
        switch path.dropFirst().first {
        case nil: return .json(rule)
        case "locks":
            return Self.lines(
                Self.names.enumerated().map { index, name in
                    [
                        "scope": .string(scope), "name": .string(name), "rse": "BNL-OSG2_DATADISK",
                        "state": index < 20 ? "OK" : index < 38 ? "REPLICATING" : "STUCK",
                    ]
                }
            )
        case "analysis":
            return .json([
                "rule_error": "MissingSourceReplica",
                "transfers": [
                    [
                        "scope": .string(scope), "name": .string(Self.names[39]), "rse": "BNL-OSG2_DATADISK",
                        "attempts": 4, "last_error": "No source of this file can be read.", "last_source": nil,
                        "last_time": .string(now.adding(seconds: -3600).isoText),
                    ]
                ],
            ])
        default: return .notFound
        }
    }

    private func storage(_ path: [String], _ query: RecordedQuery) -> RecordedAnswer {
        guard let site = path.first, !site.isEmpty else {
            guard query["expression"] == "type=DATADISK" else {
                return Self.missing("InvalidRSEExpression", status: 400)
            }
            return Self.lines(Self.sites.map { ["rse": .string($0)] })
        }
        guard Self.sites.contains(site) else { return Self.missing("RSENotFound") }
        guard path.dropFirst().first == "usage" else {
            return .json([
                "rse": .string(site), "rse_type": "DISK", "availability_read": true, "availability_write": true,
                "availability_delete": true,
            ])
        }
        return Self.lines([
            [
                "rse": .string(site), "source": "storage", "used": 400_000_000_000_000, "free": 600_000_000_000_000,
                "total": 1_000_000_000_000_000, "files": nil,
                "updated_at": .string(now.adding(seconds: -1800).isoText),
            ]
        ])
    }

    private func usage(_ account: String, _ kind: String) -> RecordedAnswer {
        guard ["alice", "prod"].contains(account) else { return Self.missing("AccountNotFound") }
        guard kind == "local" else { return Self.lines([]) }
        return Self.lines(
            Self.sites.map {
                [
                    "rse": .string($0), "bytes": 20_000_000_000, "files": 20, "bytes_limit": 1_000_000_000_000,
                    "bytes_remaining": 980_000_000_000,
                ]
            }
        )
    }

    // MARK: - Forms

    private static func lines(_ records: [JSONValue]) -> RecordedAnswer {
        let body = records.flatMap { $0.serialized + [UInt8(ascii: "\n")] }
        return RecordedAnswer(status: 200, contentType: "application/x-json-stream", location: nil, body: body)
    }

    private static func missing(_ kind: String, status: Int = 404) -> RecordedAnswer {
        let body: JSONValue = ["ExceptionClass": .string(kind), "ExceptionMessage": "There is none."]
        return RecordedAnswer(
            status: status,
            contentType: "application/octet-stream",
            location: nil,
            body: body.serialized
        )
    }
}
