internal import JSON

/// Writes the tags that name what a data set was made with.
struct TagTables {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    struct Tag: Sendable {
        let number: Int
        let label: String
        let text: String
        let parameters: JSONValue
        var category: Int?
        /// The place in its table, from 1.
        var row = 0
    }

    func tables() -> [SampleTable] {
        [
            categories(),
            table(SampleSchema.pcsPhysicsTag, of: Self.physics),
            table(SampleSchema.pcsEvgenTag, of: Self.generators),
            table(SampleSchema.pcsSimuTag, of: Self.simulations),
            table(SampleSchema.pcsRecoTag, of: Self.reconstructions),
            table(SampleSchema.pcsBackgroundTag, of: Self.backgrounds),
        ]
    }

    private func categories() -> SampleTable {
        var writer = SampleTableWriter<(Int, String)>(SampleSchema.pcsPhysicsCategory)
        writer.integer("digit") { $0.0 }
        writer.text("name") { $0.1 }
        writer.text("description") { _ in "" }
        writer.text("created_by") { _ in "afischer" }
        writer.time("created_at") { [clock] _ in clock.ago(days: 150) }
        return writer.table(of: [(1, "DIS"), (2, "DVCS"), (3, "SIDIS"), (4, "EXCLUSIVE")])
    }

    private func table(_ definition: SampleTableDefinition, of tags: [Tag]) -> SampleTable {
        var writer = SampleTableWriter<Tag>(definition)
        writer.integer("id") { $0.row }
        writer.integer("tag_number") { $0.number }
        writer.text("tag_label") { $0.label }
        writer.text("status") { $0.row % 5 == 0 ? "draft" : "locked" }
        writer.text("description") { $0.text }
        writer.json("parameters") { $0.parameters }
        writer.text("created_by") { _ in "afischer" }
        writer.time("created_at") { [clock] in clock.ago(days: 140 - $0.row) }
        writer.time("updated_at") { [clock] in clock.ago(days: 120 - $0.row) }
        if definition.column("category_id") != nil { writer.integer("category_id") { $0.category } }
        return writer.table(of: tags)
    }

    /// Numbers are the category's digit times 1000 plus a count over all categories.
    static let physics: [Tag] = numbered([
        physics(1001, "DIS_NC", "5", "41", q2: "minQ2=1"), physics(1002, "DIS_NC", "5", "100", q2: "minQ2=1"),
        physics(1003, "DIS_NC", "10", "100", q2: "minQ2=1"), physics(1004, "DIS_NC", "10", "275", q2: "minQ2=1"),
        physics(1005, "DIS_NC", "18", "275", q2: "minQ2=10"), physics(1006, "DIS_CC", "18", "275", q2: "minQ2=100"),
        physics(2007, "DVCS", "5", "100"), physics(2008, "DVCS", "10", "275"), physics(3009, "SIDIS_D0", "10", "100"),
        physics(4010, "DEMP", "10", "100", q2: "q2_1to10"), physics(4011, "DIFFRACTIVE_JPSI", "18", "275"),
    ])

    static let generators: [Tag] = numbered([
        tag("e", 1, "pythia8 8.310", ["generator": "pythia8", "generator_version": "8.310"]),
        tag("e", 2, "EpIC v1.1.6-1.2", ["generator": "EpIC", "generator_version": "v1.1.6-1.2"]),
        tag("e", 3, "BeAGLE 1.03.02-2.0", ["generator": "BeAGLE", "generator_version": "1.03.02-2.0"]),
        tag("e", 4, "DEMPgen 1.2.4", ["generator": "DEMPgen", "generator_version": "1.2.4"]),
        tag("e", 5, "lAger 3.6.1-1.0", ["generator": "lAger", "generator_version": "3.6.1-1.0"]),
    ])

    static let simulations: [Tag] = numbered([
        tag("s", 1, "npsim 26.02.0", ["detector_sim": "npsim", "sim_version": "26.02.0"])
    ])

    static let reconstructions: [Tag] = numbered([
        tag("r", 1, "eicrecon 26.02.0", ["reco_version": "26.02.0", "reco_config": "standard"]),
        tag("r", 2, "eicrecon 26.02.0, test", ["reco_version": "26.02.0", "reco_config": "test_%_only"]),
    ])

    static let backgrounds: [Tag] = numbered([
        tag("k", 1, "synchrotron radiation", ["background_type": "synrad"])
    ])

    private static func physics(
        _ number: Int,
        _ process: String,
        _ electron: String,
        _ hadron: String,
        q2: String? = nil
    ) -> Tag {
        var parameters = JSONObject()
        parameters["process"] = .string(process)
        parameters["beam_species"] = "ep"
        parameters["beam_energy_electron"] = .string(electron)
        parameters["beam_energy_hadron"] = .string(hadron)
        if let q2 { parameters["q2_range"] = .string(q2) }
        let words = [process, "\(electron)x\(hadron)", "ep", q2].compactMap(\.self)
        return Tag(
            number: number,
            label: "p\(number)",
            text: words.joined(separator: " "),
            parameters: .object(parameters),
            category: number / 1000
        )
    }

    private static func tag(_ letter: String, _ number: Int, _ text: String, _ parameters: JSONValue) -> Tag {
        Tag(number: number, label: "\(letter)\(number)", text: text, parameters: parameters)
    }

    private static func numbered(_ tags: [Tag]) -> [Tag] {
        tags.enumerated().map { index, tag in
            var tag = tag
            tag.row = index + 1
            return tag
        }
    }
}
