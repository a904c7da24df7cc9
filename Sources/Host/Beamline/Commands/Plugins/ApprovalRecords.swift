import Approvals
import GatewayConfiguration
import PluginHosting

/// What commands do with the approvals of a site.
enum ApprovalRecords {
    /// How many items wait, of each namespace of which some do; nothing when it cannot be known.
    static func waiting(_ configuration: Configuration) -> [String: Int] {
        let records = (try? ApprovalFile(in: configuration.state.directory).read())?.records ?? [:]
        return records.mapValues(\.waiting.count).filter { $0.value > 0 }
    }

    /// The record of a namespace.
    static func read(_ configuration: Configuration, _ namespace: String) throws -> ApprovalBook.Record {
        let book: ApprovalBook
        do {
            book = try ApprovalFile(in: configuration.state.directory).read()
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
        guard let record = book.records[namespace] else {
            let known = book.records.keys.sorted().joined(separator: ", ")
            throw CommandFailure.notInOrder(
                "Nothing was approved of \(namespace) yet; there are approvals of: \(known.isEmpty ? "none" : known)."
            )
        }
        return record
    }

    /// Approves what a manifest says when its plugin is enabled for the first time, so that what the gateway loads later
    /// is what the operator saw.
    /// - Returns: a sentence about it.
    static func approve(
        _ manifest: PluginManifest,
        of namespace: String,
        _ configuration: Configuration
    ) throws -> String {
        let folder = configuration.state.directory
        guard StateFolder.exists(folder) else {
            return "There is no state folder yet: the first start approves what the manifest says then."
        }
        let definitions = ItemDefinitions.all(of: manifest)
        do {
            return try ApprovalFile(in: folder).change { book in
                guard book.records[namespace] != nil else {
                    book.approve(definitions, of: namespace, id: manifest.id, version: manifest.version)
                    return "Approved as shown: \(definitions.count) items."
                }
                let new = definitions.filter { !book.approves($0, of: namespace) }
                return new.isEmpty
                    ? "All its items are approved."
                    : "\(new.count) of its items are new or changed and will wait; see `beamline plugin changes \(namespace)`."
            }
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
    }
}
