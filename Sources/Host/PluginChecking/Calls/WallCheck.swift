/// What the walls of a worker refused while all other checks were made.
///
/// Like them it is only made when the plugin loads; what loading asks for, the check `load` has said.
enum WallCheck {
    static let name = "walls"
    static let subject = "it asks the system for nothing that a worker may not have"

    /// What a runner is asked for when no other check has called everything.
    private static let tour = CallCheck.completion

    static func outcome(_ bench: inout CheckBench) -> CheckOutcome {
        var outcome = CheckOutcome(check: name, subject: subject)
        if !bench.made.contains(tour.name) {
            let report = bench.run(tour.name).report
            outcome.skipped = report.skipped ?? report.failure
        }
        outcome.findings = bench.takeRefusals().map(\.finding)
        if !bench.hasWitness {
            outcome.findings.append(
                .warning(
                    "seccomp",
                    "This system does not tell what it refuses, so the walls held and nothing is named.",
                    remedy: "Check it on Linux 5.5 or later, outside of other sandboxes."
                )
            )
        }
        return outcome
    }

    static func notBuilt(_ reason: String) -> Finding {
        Finding(
            "walls",
            "The walls of a worker cannot be built on this machine: \(reason). Nothing of the plugin ran.",
            remedy:
                "Check it where a gateway would run it; look at its files alone with --static; or, if you trust it with all your rights, use --isolation in-process."
        )
    }
}
