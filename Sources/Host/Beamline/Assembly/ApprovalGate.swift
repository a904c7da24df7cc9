import Approvals
import GatewayCore
import Logging
import PluginHosting
import PluginRuntime
import Synchronization

/// Shows clients only what was approved of each plugin that did not come with the program.
///
/// What an item says of itself reaches models, and what its rule asks for protects it: neither changes unseen. A changed
/// or new item is withheld until an operator approves it; the rest of its plugin serves.
final class ApprovalGate: Sendable {
    private struct State {
        var book: ApprovalBook
        /// The namespaces whose plugins may change their lists as they like.
        var free: Set<String>
        /// Namespace → what is withheld now.
        var withheld: [String: [ItemDefinition]] = [:]
    }

    private let file: ApprovalFile
    private let logger: Logger
    /// Writes the file, so that no call waits for a disk.
    private let writer: DedicatedThreads
    private let state: Mutex<State>

    init(_ file: ApprovalFile, free: Set<String>, logger: Logger) throws {
        self.file = file
        self.logger = logger
        writer = try DedicatedThreads(count: 1, name: "approvals")
        // A broken file keeps nobody from serving what came with the program; `checked` turns the others away.
        state = Mutex(State(book: (try? file.read()) ?? ApprovalBook(), free: free))
    }

    /// How many items of each plugin are withheld.
    var withheld: [(namespace: String, count: Int)] {
        state.withLock { state in state.withheld.map { ($0.key, $0.value.count) } }
    }

    // MARK: - At the start

    /// Approves what the manifests say of plugins that are seen for the first time, and turns away those of which it is
    /// not known what was approved.
    func checked(_ outcomes: [PluginLoadOutcome]) -> [PluginLoadOutcome] {
        let foreign = outcomes.compactMap { try? $0.result.get() }.filter { !$0.origin.isShipped }
        guard !foreign.isEmpty else { return outcomes }
        do {
            let (book, seen) = try file.change { book in
                let new = foreign.filter { book.records[$0.namespace] == nil }
                for plugin in new {
                    let definitions = ItemDefinitions.all(of: plugin.manifest)
                    book.approve(
                        definitions,
                        of: plugin.namespace,
                        id: plugin.manifest.id,
                        version: plugin.manifest.version
                    )
                }
                return (book, new)
            }
            state.withLock { $0.book = book }
            for plugin in seen {
                logger.notice(
                    "a plugin is seen for the first time; what its manifest says is approved",
                    metadata: ["namespace": "\(plugin.namespace)", "version": "\(plugin.manifest.version)"]
                )
            }
            return outcomes
        } catch {
            return outcomes.map { outcome in
                guard let plugin = try? outcome.result.get(), !plugin.origin.isShipped else { return outcome }
                return PluginLoadOutcome(
                    path: outcome.path,
                    isRequired: outcome.isRequired,
                    result: .failure(PluginLoadFailure(.manifest, error.reason))
                )
            }
        }
    }

    // MARK: - What is shown

    /// What of an offer may be shown.
    func admitted(_ offered: PluginItems, of plugin: LoadedPlugin) -> PluginItems {
        guard !plugin.origin.isShipped else { return offered }
        let judge = ItemDefinitions(plugin.manifest)
        let (book, isFree) = state.withLock { state in
            (state.book, state.free.contains(plugin.namespace) || plugin.origin.isTrustedInProcess)
        }
        var shown = PluginItems(tools: [], items: [])
        var withheld: [ItemDefinition] = []
        func decide(_ definition: ItemDefinition) -> Bool {
            let isListed = !judge.isInManifest(definition)
            if (isListed && isFree) || book.approves(definition, of: plugin.namespace) { return true }
            withheld.append(definition)
            return false
        }
        shown.tools = offered.tools.filter { decide(judge.definition($0)) }
        shown.items = offered.items.filter { decide(judge.definition($0)) }
        note(withheld, of: plugin.namespace)
        return shown
    }

    /// Reads again what was approved, and which plugins may change their lists.
    /// - Returns: whether anything may be shown now that was not, or the other way round.
    func adopt(free: Set<String>) -> Bool {
        do {
            let book = try file.read()
            return state.withLock { state in
                defer { (state.book, state.free) = (book, free) }
                return state.book != book || state.free != free
            }
        } catch {
            logger.error("approvals not reloaded; the former ones stay", metadata: ["reason": "\(error)"])
            return state.withLock { state in
                defer { state.free = free }
                return state.free != free
            }
        }
    }

    private func note(_ withheld: [ItemDefinition], of namespace: String) {
        let before = state.withLock { state in
            defer { state.withheld[namespace] = withheld }
            return state.withheld[namespace] ?? []
        }
        let known = Set(before.map(\.mark))
        guard known != Set(withheld.map(\.mark)) else { return }
        for definition in withheld where !known.contains(definition.mark) {
            logger.warning(
                "an item is withheld until it is approved; see `beamline plugin changes \(namespace)`",
                metadata: ["namespace": "\(namespace)", "item": "\(definition.key)"]
            )
        }
        let (file, logger) = (file, logger)
        writer.perform {
            do {
                try file.change { book in book.note(waiting: withheld, of: namespace) }
            } catch {
                logger.error("what waits for approval cannot be kept", metadata: ["reason": "\(error)"])
            }
        }
    }
}

extension ItemDefinition {
    /// Tells it from every other one, by its bytes.
    fileprivate var mark: String { "\(key) \(digest)" }
}
