package import JSON
package import PluginKit

/// One queue: what of its record helps to choose or to judge it.
package struct QueueItem: Encodable, Hashable, Sendable {
    package let name: String
    package let status: String?
    package let state: String?
    package let vo: String?
    package let resourceType: String?
    package let type: String?
    package let capability: String?
    package let corePower: Double?
    package let site: String?
    package let region: String?
    package let country: String?
    package let tier: String?
    package let cloud: String?
    package let containerType: String?
    package let pilotVersion: String?
    package let maximumRSSMegabytes: Int?
    package let maximumTimeSeconds: Int?
    package let maximumWorkdirMegabytes: Int?
    package let updated: Timestamp?

    /// Takes a record as the information system publishes it.
    package init(name: String, record: JSONValue, updated: Timestamp?) {
        func text(_ member: String) -> String? {
            guard let value = record[member], !value.isNull, value.object == nil, value.array == nil else { return nil }
            let text = UntrustedText.cleaned(
                value.string ?? String(decoding: value.serialized, as: UTF8.self),
                limit: 128
            )
            return text.isEmpty ? nil : text
        }
        func integer(_ member: String) -> Int? {
            record[member].flatMap { $0.integer ?? $0.string.flatMap { Int($0) } }
        }
        self.name = UntrustedText.cleaned(name, limit: 128)
        status = text("status")
        state = text("state")
        vo = text("vo_name")
        resourceType = text("resource_type")
        type = text("type")
        capability = text("capability")
        corePower = record["corepower"].flatMap { $0.double ?? $0.string.flatMap { Double($0) } }
        site = text("atlas_site")
        region = text("region")
        country = text("country")
        tier = text("tier")
        cloud = text("cloud")
        containerType = text("container_type")
        pilotVersion = text("pilot_version")
        maximumRSSMegabytes = integer("maxrss")
        maximumTimeSeconds = integer("maxtime")
        maximumWorkdirMegabytes = integer("maxwdir")
        self.updated = updated
    }

    private enum CodingKeys: String, CodingKey {
        case name, status, state, vo
        case resourceType = "resource_type"
        case type, capability
        case corePower = "core_power"
        case site, region, country, tier, cloud
        case containerType = "container_type"
        case pilotVersion = "pilot_version"
        case maximumRSSMegabytes = "max_rss_megabytes"
        case maximumTimeSeconds = "max_time_seconds"
        case maximumWorkdirMegabytes = "max_workdir_megabytes"
        case updated
    }

    package static let schema = Schema.object([
        .required("name", .string("The queue's name, as jobs have it as their site.")),
        .optional("status", .string("online, test, brokeroff, offline: whether it takes jobs.")),
        .optional("state", .string("Whether the information system counts it as active.")),
        .optional("vo", .string("The experiment it belongs to.")),
        .optional("resource_type", .string()),
        .optional("type", .string()),
        .optional("capability", .string("score, mcore or ucore.")),
        .optional("core_power", .number("HS23 of a core.")),
        .optional("site", .string("The site that runs it.")),
        .optional("region", .string()),
        .optional("country", .string()),
        .optional("tier", .string()),
        .optional("cloud", .string()),
        .optional("container_type", .string()),
        .optional("pilot_version", .string()),
        .optional("max_rss_megabytes", .integer("0 means no limit.")),
        .optional("max_time_seconds", .integer("0 means no limit.")),
        .optional("max_workdir_megabytes", .integer()),
        .optional("updated", .time("When the record was last read from the information system.")),
    ])
}
