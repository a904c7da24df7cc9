/// Somebody who owns tasks.
struct SampleUser: Hashable, Sendable {
    /// `produsername`.
    let name: String
    let login: String
    /// Null for automation.
    let workingGroup: String?
    let processingType: String
    /// How many tasks are theirs, relative to the others.
    let weight: Int

    static let all = [
        SampleUser(
            name: "Ada Fischer",
            login: "afischer",
            workingGroup: "EIC",
            processingType: "epicproduction",
            weight: 40
        ),
        SampleUser(
            name: "Ben Okafor",
            login: "bokafor",
            workingGroup: "EIC",
            processingType: "epicproduction",
            weight: 20
        ),
        SampleUser(
            name: "Chiara Conti",
            login: "cconti",
            workingGroup: "EIC",
            processingType: "panda-client-1.5.94-jedi-run",
            weight: 14
        ),
        SampleUser(
            name: "Devi Rao",
            login: "drao",
            workingGroup: "EIC",
            processingType: "panda-client-1.6.1-jedi-run",
            weight: 12
        ),
        SampleUser(
            name: "nightly_cron",
            login: "nightly_cron",
            workingGroup: nil,
            processingType: "stfprocessing",
            weight: 14
        ),
    ]
}
