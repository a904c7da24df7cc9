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

    package init(_ folder: PluginFolder, settings: CheckSettings, executable: String) {
        self.folder = folder
        self.settings = settings
        self.executable = executable
    }

    /// Makes the checks.
    ///
    /// Blocks, for seconds.
    package func report(measuring: Bool = false) -> CheckReport {
        var report = CheckReport(library: folder.library)
        let library: ELFLibrary
        do throws(ELFImage.Failure) {
            library = try ELFLibrary([UInt8](FileManager.default.contents(atPath: folder.library) ?? Data()))
        } catch {
            report.outcomes = [
                CheckOutcome(
                    check: Self.imageCheck.name,
                    subject: Self.imageCheck.subject,
                    findings: [
                        Finding(folder.library, error.reason, remedy: "Name the plugin's .so built for this machine.")
                    ]
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
        let (load, manifest) = loaded()
        report.outcomes.append(load)
        let described = described(manifest)
        report.outcomes.append(described)
        let canServe = load.errors.isEmpty && described.errors.isEmpty
        for check in CallCheck.all where isWanted(check.name) {
            report.outcomes.append(
                canServe
                    ? made(check)
                    : CheckOutcome(
                        check: check.name,
                        subject: check.subject,
                        skipped: "the plugin does not load as it should"
                    )
            )
        }
        if measuring, canServe { report.latencies = run(LatencyBench.name).report.latencies }
        return report
    }

    private static let imageCheck = (name: "image", subject: "the file is a whole library for this machine")

    private func isWanted(_ check: String) -> Bool {
        settings.only?.contains(check) ?? true
    }

    private func run(_ check: String) -> RunnerProcess {
        RunnerProcess(
            RunnerTask(check: check, library: folder.library, recordings: folder.recordings, settings: settings),
            executable: executable
        )
    }

    private func loaded() -> (CheckOutcome, manifest: [UInt8]?) {
        let run = run(LoadCheck.name)
        var outcome = CheckOutcome(check: LoadCheck.name, subject: LoadCheck.subject, findings: run.report.findings)
        if let death = CauseOfDeath(run, budget: settings.budget) {
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

    private func made(_ check: CallCheck) -> CheckOutcome {
        let run = run(check.name)
        var outcome = CheckOutcome(
            check: check.name,
            subject: check.subject,
            findings: run.report.findings,
            skipped: run.report.skipped
        )
        if let death = CauseOfDeath(run, budget: settings.budget) {
            outcome.findings.append(death.finding(remedy: check.onCrash))
        }
        return outcome
    }
}
