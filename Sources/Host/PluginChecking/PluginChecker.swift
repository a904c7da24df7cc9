import FoundationEssentials
import GatewayCore
import JSON
import PluginHosting

/// Makes all checks of one plugin.
package struct PluginChecker: Sendable {
    private let folder: PluginFolder
    private let settings: CheckSettings
    /// The program that runs the plugin's code, in processes of their own.
    private let executable: String

    /// The names of all checks, in the order of the report.
    package static let checks =
        [imageCheck.name] + StaticCheck.all.map(\.name) + [LoadCheck.name, "manifest"] + CallCheck.all.map(\.name)
        + [WallCheck.name]

    package init(_ folder: PluginFolder, settings: CheckSettings, executable: String) {
        self.folder = folder
        self.settings = settings
        self.executable = executable
    }

    /// Makes the checks.
    ///
    /// Blocks its thread, for seconds. The thread must outlive this: its end ends the processes of the checks.
    package func report(measuring: Bool = false) async -> CheckReport {
        var report = CheckReport(library: folder.library)
        let library: ELFLibrary
        let image: WorkerImage
        do {
            library = try ELFLibrary([UInt8](FileManager.default.contents(atPath: folder.library) ?? Data()))
            image = try WorkerImage(copying: folder.library, label: "check")
        } catch {
            let reason = (error as? ELFImage.Failure)?.reason ?? "\(error)"
            report.outcomes = [
                CheckOutcome(
                    check: Self.imageCheck.name,
                    subject: Self.imageCheck.subject,
                    findings: [Finding(folder.library, reason, remedy: "Name the plugin's .so built for this machine.")]
                )
            ]
            return report
        }
        report.outcomes.append(CheckOutcome(check: Self.imageCheck.name, subject: Self.imageCheck.subject))
        for check in StaticCheck.all where isWanted(check.name) {
            report.outcomes.append(
                CheckOutcome(check: check.name, subject: check.subject, findings: check.findings(library, settings))
            )
        }
        guard settings.runsCode else {
            report.outcomes.append(described(nil))
            return report
        }
        var bench = CheckBench(image: image, folder: folder, settings: settings, executable: executable)
        let (load, manifest) = loaded(&bench)
        report.outcomes.append(load)
        let described = described(manifest)
        report.outcomes.append(described)
        let canServe = load.errors.isEmpty && described.errors.isEmpty
        for check in CallCheck.all where isWanted(check.name) {
            report.outcomes.append(
                canServe ? made(check, &bench) : Self.notMade(check.name, check.subject)
            )
        }
        if settings.walls != nil, isWanted(WallCheck.name) {
            report.outcomes.append(
                canServe ? WallCheck.outcome(&bench) : Self.notMade(WallCheck.name, WallCheck.subject)
            )
        }
        if measuring, canServe {
            let (outcome, latencies) = await bench.measure()
            report.outcomes.append(outcome)
            report.latencies = latencies
        }
        report.walls = bench.walls
        return report
    }

    private static func notMade(_ check: String, _ subject: String) -> CheckOutcome {
        CheckOutcome(check: check, subject: subject, skipped: "the plugin does not load as it should")
    }

    private static let imageCheck = (name: "image", subject: "the file is a whole library for this machine")

    private func isWanted(_ check: String) -> Bool {
        settings.only?.contains(check) ?? true
    }

    private func loaded(_ bench: inout CheckBench) -> (CheckOutcome, manifest: [UInt8]?) {
        let run = bench.run(LoadCheck.name)
        var outcome = CheckOutcome(check: LoadCheck.name, subject: LoadCheck.subject, findings: run.report.findings)
        outcome.findings += bench.takeRefusals().map(\.finding)
        if let reason = run.report.failure {
            outcome.findings.append(WallCheck.notBuilt(reason))
        } else if let death = CauseOfDeath(run, budget: settings.budget) {
            outcome.findings.append(death.finding(remedy: LoadCheck.onCrash))
        }
        if let path = folder.manifest, let manifest = run.report.manifest,
            FileManager.default.contents(atPath: path).map({ [UInt8]($0) }) != manifest
        {
            outcome.findings.append(
                Finding(
                    path,
                    "The manifest in the file is not, byte for byte, the one the binary returns.",
                    remedy:
                        "Build the binary from this file, or write the file from the binary, and install both together."
                )
            )
        }
        bench.learn(run.report.manifest)
        return (outcome, run.report.manifest)
    }

    private func described(_ manifest: [UInt8]?) -> CheckOutcome {
        let fromFile = folder.manifest.flatMap { FileManager.default.contents(atPath: $0) }.map { [UInt8]($0) }
        var outcome = CheckOutcome(check: "manifest", subject: "the manifest is what a gateway accepts")
        guard let text = fromFile ?? manifest else {
            outcome.skipped = "there is no file, and the binary was not or could not be loaded"
            return outcome
        }
        outcome.findings = ManifestRules.findings(text)
        if fromFile == nil {
            outcome.findings.append(
                Finding.warning(
                    "manifest.json",
                    "There is no manifest beside the library, so a gateway must load it to know what it is.",
                    remedy: "Install the manifest beside the library, as NAME.manifest.json for libNAME.so."
                )
            )
        }
        return outcome
    }

    private func made(_ check: CallCheck, _ bench: inout CheckBench) -> CheckOutcome {
        let run = bench.run(check.name)
        var outcome = CheckOutcome(
            check: check.name,
            subject: check.subject,
            findings: run.report.findings,
            skipped: run.report.skipped ?? run.report.failure
        )
        if let death = CauseOfDeath(run, budget: settings.budget) {
            outcome.findings.append(death.finding(remedy: check.onCrash))
        }
        return outcome
    }
}
