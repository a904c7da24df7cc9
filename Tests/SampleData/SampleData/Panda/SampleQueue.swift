internal import JSON

/// A queue of the sample, with the record its site publishes about it.
struct SampleQueue: Sendable {
    let name: String
    let site: String
    let country: String
    let region: String
    let tier: String
    let status: String
    let kind: String
    let resourceType: String
    let capability: String
    /// In MB; 0 means no limit.
    let maximumRSS: Int
    /// In seconds; 0 means no limit.
    let maximumTime: Int
    let cores: Int?
    let corePower: Double

    /// Where most jobs run, relative to each other.
    static let weights = [
        ("BNL_OSG_EPIC_PROD_1", 20), ("BNL_PanDA_1", 18), ("E1_JLAB", 14), ("E1_BNL", 12),
        ("NERSC_Perlmutter_epic", 10), ("UM_GREX_PanDA_1", 6), ("BNL_ePIC_GOOGLE", 3),
    ]

    /// Names of the queues that tasks are pinned to.
    static let workhorses = ["BNL_OSG_PanDA_1", "BNL_PanDA_1", "E1_BNL", "E1_JLAB", "NERSC_Perlmutter_epic"]

    static let all = [
        grid("BNL_OSG_PanDA_1", site: "BNL-OSG", status: "online", power: 12.32),
        grid("BNL_OSG_EPIC_PROD_1", site: "BNL-OSG", status: "online", power: 12.32),
        grid("BNL_PanDA_1", site: "BNL", status: "online", power: 13.8),
        grid("E1_BNL", site: "BNL", status: "online", power: 13.8),
        grid("E1_JLAB", site: "JLAB", status: "online", power: 11.4),
        SampleQueue(
            name: "UM_GREX_PanDA_1",
            site: "UM-GREX",
            country: "Canada",
            region: "CA",
            tier: "T2",
            status: "brokeroff",
            kind: "production",
            resourceType: "GRID",
            capability: "score",
            maximumRSS: 4000,
            maximumTime: 172_800,
            cores: 1,
            corePower: 10.1
        ),
        SampleQueue(
            name: "BNL_ePIC_GOOGLE",
            site: "BNL-GOOGLE",
            country: "United States",
            region: "US",
            tier: "T3",
            status: "test",
            kind: "production",
            resourceType: "cloud",
            capability: "ucore",
            maximumRSS: 16000,
            maximumTime: 86400,
            cores: 8,
            corePower: 14.9
        ),
        perlmutter("NERSC_Perlmutter_epic", status: "online", resourceType: "hpc_special", cores: nil),
        perlmutter("NERSC_Perlmutter_epic_test", status: "offline", resourceType: "hpc_special", cores: nil),
        perlmutter("NERSC_Perlmutter_epic_gpu_test", status: "test", resourceType: "gpu", cores: 16),
    ]

    private static func grid(_ name: String, site: String, status: String, power: Double) -> SampleQueue {
        SampleQueue(
            name: name,
            site: site,
            country: "United States",
            region: "US",
            tier: "T1",
            status: status,
            kind: "production",
            resourceType: "GRID",
            capability: "score",
            maximumRSS: 0,
            maximumTime: 0,
            cores: nil,
            corePower: power
        )
    }

    private static func perlmutter(
        _ name: String,
        status: String,
        resourceType: String,
        cores: Int?
    ) -> SampleQueue {
        SampleQueue(
            name: name,
            site: "NERSC",
            country: "United States",
            region: "US",
            tier: "T3",
            status: status,
            kind: resourceType == "gpu" ? "unified" : "production",
            resourceType: resourceType,
            capability: "ucore",
            maximumRSS: resourceType == "gpu" ? 64000 : 0,
            maximumTime: resourceType == "gpu" ? 86400 : 0,
            cores: cores,
            corePower: 10
        )
    }

    /// The record, with the names of the fields a site publishes.
    func record(modified: SampleInstant) -> JSONValue {
        let copyTools: JSONValue = ["pr": ["rucio"], "pw": ["rucio"], "read_lan": ["rucio"], "write_lan": ["rucio"]]
        let storages: JSONValue = ["pr": ["BNL_PROD_DISK_1"], "pw": ["BNL_PROD_DISK_1"]]
        return [
            "acopytools": copyTools, "allow_lan": true, "allow_wan": false, "astorages": storages,
            "atlas_site": .string(site), "capability": .string(capability), "catchall": "", "cloud": "US",
            "container_type": "apptainer:pilot", "copytools": ["rucio": ["setup": ""]],
            "corecount": cores.map { .integer($0) } ?? .null, "corepower": .double(corePower),
            "country": .string(country), "direct_access_lan": false, "direct_access_wan": true, "harvester": "",
            "is_cvmfs": true, "last_modified": .string(modified.isoTextWithFraction), "maxinputsize": 14336,
            "maxrss": .integer(maximumRSS), "maxtime": .integer(maximumTime), "maxwdir": 30000, "meanrss": 6000,
            "minrss": 0, "mintime": 0, "name": .string(name), "nickname": .string(name),
            "panda_resource": .string(name), "params": [:], "pilot_manager": "Harvester", "pilot_version": "3",
            "python_version": "3", "queues": [], "rc_site": .string(site), "region": .string(region),
            "resource_type": .string(resourceType), "site": .string(site), "siteid": .string(name),
            "site_state": "ACTIVE", "state": "ACTIVE", "status": .string(status), "system": "osg",
            "tier": .string(tier), "timefloor": 60, "type": .string(kind), "vo_name": "eic", "wnconnectivity": "full",
            "workflow": .null,
        ]
    }
}
