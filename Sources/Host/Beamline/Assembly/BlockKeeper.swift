import GatewayCore
import GatewayState
import Logging
import MCPServer
import PluginHosting
import Policy
import Synchronization

/// Keeps this gateway to what the operators block, as the state says it; every gateway with the same state does.
final class BlockKeeper: Sendable {
    /// How often the state is looked at: a block is in force within a second.
    private static let interval = Duration.milliseconds(400)

    private let store: StateStore
    private let register: BlockRegister
    private let shelf: PluginShelf
    private let hub: SubscriptionHub
    private let audit: any Auditing
    private let logger: Logger
    /// The blocks that were noted last.
    private let known = Mutex<[BlockRecord]>([])

    init(
        store: StateStore,
        register: BlockRegister,
        shelf: PluginShelf,
        hub: SubscriptionHub,
        audit: any Auditing,
        logger: Logger
    ) {
        self.store = store
        self.register = register
        self.shelf = shelf
        self.hub = hub
        self.audit = audit
        self.logger = logger
    }

    /// Takes over what is blocked, before the first request.
    /// - Throws: `CommandFailure` when the state cannot be read: what is blocked must not be served.
    func begin() async throws {
        do {
            apply(try await store.blocks())
        } catch {
            throw CommandFailure.notInOrder("The state cannot be read: \(error)")
        }
    }

    /// Follows the state until the task is cancelled; while it cannot be read, what was blocked stays so.
    func run() async {
        var isReadable = true
        while (try? await Task.sleep(for: Self.interval, clock: .suspending)) != nil {
            do {
                // Also when no block came or went: plugins may have.
                apply(try await store.blocks())
                isReadable = true
            } catch {
                if isReadable { logger.error("blocks cannot be read", metadata: ["reason": "\(error)"]) }
                isReadable = false
            }
        }
    }

    /// Applies what was read last to the plugins that are here now.
    func applyKnown() { apply(known.withLock { $0 }) }

    private func apply(_ blocks: [BlockRecord]) {
        let known = known.withLock { known in
            defer { known = blocks }
            return known
        }
        let wanted = blocked(by: blocks)
        let present = register.blocked
        var isTighter = false
        for namespace in Set(wanted.keys).union(present.keys) where wanted[namespace] != present[namespace] {
            isTighter = isTighter || wanted[namespace] != nil
            shelf.telling(of: namespace) { register.set(wanted[namespace], of: namespace) }
        }
        // Streams may watch what is blocked; their clients come again and find what is not.
        if isTighter { hub.endAll() }
        for block in blocks where !known.contains(block) { note("blocked", block) }
        for block in known where !blocks.contains(where: { $0.kind == block.kind && $0.name == block.name }) {
            note("unblocked", block)
        }
    }

    /// What of each namespace is blocked, with the plugins that are here now.
    private func blocked(by blocks: [BlockRecord]) -> [String: BlockRegister.Blocked] {
        var blocked: [String: BlockRegister.Blocked] = [:]
        for block in blocks {
            switch block.kind {
            case .namespace: blocked[block.name, default: BlockRegister.Blocked()].isWhole = true
            case .plugin:
                for plugin in shelf.plugins where [plugin.manifest.id, plugin.namespace].contains(block.name) {
                    blocked[plugin.namespace, default: BlockRegister.Blocked()].isWhole = true
                }
            case .tool:
                let parts = block.name.split(separator: "_", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { continue }
                blocked[parts[0], default: BlockRegister.Blocked()].tools.insert(parts[1])
            }
        }
        return blocked
    }

    private func note(_ name: String, _ block: BlockRecord) {
        let target = "\(block.kind.rawValue) \(block.name)"
        logger.warning(
            "\(name)",
            metadata: ["target": "\(target)", "reason": "\(block.reason)", "by": "\(block.by)"]
        )
        var details = ["target": target, "reason": block.reason, "by": block.by]
        var item: ItemReference?
        switch block.kind {
        case .plugin: break
        case .namespace: details["namespace"] = block.name
        case .tool:
            let parts = block.name.split(separator: "_", maxSplits: 1).map(String.init)
            if parts.count == 2 { item = ItemReference(kind: .tool, namespace: parts[0], localName: parts[1]) }
        }
        audit.record(AuditedAct(name, item: item, details: details))
    }
}
