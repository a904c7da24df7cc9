import ArgumentParser
import Authentication
import FoundationEssentials
import GatewayConfiguration
import GatewayState
import JSON

/// What is blocked and unblocked, the same for both commands.
struct BlockTarget: ParsableArguments {
    @Option(help: "A plugin, by its id or its namespace.")
    var plugin: String?

    @Option(help: "A tool, by its name with the namespace, such as epic_panda_list_jobs.")
    var tool: String?

    @Option(help: "A namespace: all tools, resources and prompts of it.")
    var namespace: String?

    func validate() throws {
        guard [plugin, tool, namespace].compactMap(\.self).count <= 1 else {
            throw ValidationError("Give one of --plugin, --tool and --namespace.")
        }
    }

    /// Kind and name; nil when nothing is named.
    var target: (kind: BlockRecord.Kind, name: String)? {
        plugin.map { (.plugin, $0) } ?? tool.map { (.tool, $0) } ?? namespace.map { (.namespace, $0) }
    }

    /// The same, once it is one that can be.
    func checked(_ configuration: Configuration) throws -> (kind: BlockRecord.Kind, name: String) {
        guard let target else { throw CommandFailure.usage("Give one of --plugin, --tool and --namespace.") }
        let namespaces = configuration.plugins.map(\.namespace)
        let all = namespaces.joined(separator: ", ")
        switch target.kind {
        case .plugin: break
        case .namespace where !namespaces.contains(target.name):
            throw CommandFailure.usage("--namespace: no enabled plugin has it; there are: \(all).")
        case .tool:
            let parts = target.name.split(separator: "_", maxSplits: 1)
            guard parts.count == 2, namespaces.contains(String(parts[0])) else {
                throw CommandFailure.usage("--tool: must be NAMESPACE_TOOL; there are the namespaces: \(all).")
            }
        case .namespace: break
        }
        return target
    }
}

/// `beamline block`: takes something out of service on every gateway.
struct BlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block",
        abstract:
            "Take a plugin, a tool or a namespace out of service on every gateway within a second; or list what is."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var target: BlockTarget

    @Option(help: "Why, for the operators; callers are not told.")
    var reason: String?

    @Flag(name: .customLong("list"), help: "Print what is blocked, and block nothing.")
    var isList = false

    func validate() throws {
        if isList {
            guard target.target == nil, reason == nil else { throw ValidationError("--list stands alone.") }
            return
        }
        guard target.target != nil else {
            throw ValidationError("Give one of --plugin, --tool and --namespace, or --list.")
        }
        try ReasonText.check(reason)
    }

    func run() async throws {
        let configuration = try options.read()
        try await BlockedState.with(configuration) { store in
            guard !isList else { return list(try await store.blocks()) }
            let (kind, name) = try target.checked(configuration)
            let block = BlockRecord(
                kind: kind,
                name: name,
                reason: reason ?? "",
                by: ProcessInfo.processInfo.userName,
                since: SystemWallClock().now
            )
            try await store.add(block)
            if output.isJSON {
                Output.json(["ok": true, "blocked": .string("\(kind.rawValue) \(name)")])
            } else {
                Output.line("Blocked: \(kind.rawValue) \(name). Every gateway with this state obeys within a second.")
            }
        }
    }

    private func list(_ blocks: [BlockRecord]) {
        if output.isJSON {
            Output.json([
                "blocks": .array(
                    blocks.map { block in
                        [
                            "kind": .string(block.kind.rawValue), "name": .string(block.name),
                            "reason": .string(block.reason), "by": .string(block.by),
                            "since": .integer(Int(block.since)),
                        ]
                    }
                )
            ])
        } else if blocks.isEmpty {
            Output.line("Nothing is blocked.")
        } else {
            for block in blocks {
                Output.line("\(block.kind.rawValue) \(block.name): \(block.reason) (by \(block.by))")
            }
        }
    }
}

/// `beamline unblock`: puts back into service what was blocked.
struct UnblockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unblock",
        abstract: "Put back into service what was blocked, within a second; exit 1 when it was not."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var target: BlockTarget

    func validate() throws {
        guard target.target != nil else { throw ValidationError("Give one of --plugin, --tool and --namespace.") }
    }

    func run() async throws {
        let configuration = try options.read()
        guard let (kind, name) = target.target else { return }
        try await BlockedState.with(configuration) { store in
            guard try await store.removeBlock(kind, name) else {
                throw CommandFailure.notInOrder("\(kind.rawValue) \(name) is not blocked; see `beamline block --list`.")
            }
        }
        if output.isJSON {
            Output.json(["ok": true, "unblocked": .string("\(kind.rawValue) \(name)")])
        } else {
            Output.line("Unblocked: \(kind.rawValue) \(name).")
        }
    }
}

/// The state, for commands about blocks.
enum BlockedState {
    static func with(_ configuration: Configuration, _ body: (StateStore) async throws -> Void) async throws {
        let store = try await StateAssembly.store(of: configuration.state)
        defer { store.close() }
        do {
            try await body(store)
        } catch let error as StateError {
            throw CommandFailure.notInOrder("The state cannot be used: \(error)")
        }
    }
}
