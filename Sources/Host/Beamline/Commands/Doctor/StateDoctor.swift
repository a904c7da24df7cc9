import Authentication
import AuthorizationServer
import Diagnosis
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import GatewayState
import Glibc

/// Whether the gateway's memory can be opened, and belongs to who will write it.
struct StateDoctor {
    let configuration: Configuration

    private var folder: String { configuration.state.directory }

    func findings() async -> [Finding] {
        var findings = self.folderFindings()
        // A state that is not there yet is left to the gateway: made by somebody else it would be theirs.
        let exists = FileManager.default.fileExists(atPath: folder + "/state.sqlite")
        if configuration.state.database != nil || exists, !findings.contains(where: { $0.state == .broken }) {
            findings.append(await opened())
        }
        return findings
    }

    private func folderFindings() -> [Finding] {
        guard StateFolder.exists(folder) else {
            return [
                Finding(
                    "state",
                    .warning,
                    "the folder \(folder) is not there yet, or may not be entered",
                    remedy: "The gateway makes it at its first start, if its user may; else make it for that user."
                )
            ]
        }
        var findings: [Finding] = []
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder)
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
            let text = "others than its owner may enter the folder \(folder)"
            findings.append(Finding("state", .warning, text, remedy: "Run: chmod 700 \(folder)"))
        }
        guard FileManager.default.isWritableFile(atPath: folder), FileManager.default.isReadableFile(atPath: folder)
        else {
            let text = "this user may not write the folder \(folder)"
            let remedy = "Run this as the gateway's user, who must own the folder."
            return findings + [Finding("state", .broken, text, remedy: remedy)]
        }
        if let owner = attributes?[.ownerAccountID] as? Int, owner != Int(geteuid()) {
            let text = "the folder \(folder) belongs to another user than this"
            findings.append(Finding("state", .warning, text, remedy: "Run this as the gateway's user."))
        }
        return findings
    }

    private func opened() async -> Finding {
        do {
            let store = try await StateAssembly.store(of: configuration.state)
            defer { store.close() }
            guard configuration.isAuthorizationServer else { return Finding("state", .ok, "it can be opened") }
            let keys = SigningKeys(
                store: store,
                clock: SystemWallClock(),
                lifetimes: IdentityAssembly.lifetimes(configuration.identity.lifetimes)
            )
            _ = try await keys.keySet()
            return Finding("state", .ok, "it can be opened, and its signing keys read")
        } catch let failure as CommandFailure {
            let isOut = failure.exit == CommandFailure.Code.unreachable
            return Finding(
                "state",
                isOut ? .unreachable : .broken,
                failure.lines.joined(separator: " "),
                remedy: "Mend what the sentence names, under `state`."
            )
        } catch {
            return Finding(
                "state",
                .broken,
                "the signing keys cannot be read: \(error)",
                remedy: "With another sealing key than before, give that as state.former_sealing_key."
            )
        }
    }
}
