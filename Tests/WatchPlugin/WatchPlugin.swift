import JSON
import PluginKit
import Synchronization

/// A plugin for tests of the real program: its notes are watched, and it says how; one kind of note has an owner; it
/// answers for a source; and it goes errands at a broker.
struct WatchPlugin: Plugin {
    static let manifest = Manifest(
        id: "org.test.watch",
        version: "1",
        namespace: "watch",
        execution: Execution(concurrency: 1),
        tools: [
            ActTool.description, ArchiveTool.description, ErrandTool.description, TearTool.description,
            BurnTool.description,
        ],
        resources: [NoteResource.description, QuietResource.description, OwnResource.description],
        sources: [
            SourceRequirement("archive", .custom, isRequired: false),
            SourceRequirement("broker", .message, isRequired: false),
        ],
        provides: [ArchiveSource.offer],
        auth: AuthRules(
            roles: [.init("user", "anybody")],
            scopes: [.init("read", "read")],
            rules: [
                .allow("*", anyRole: ["user"], scopes: ["read"]),
                .allow(OwnResource.description.uri, anyRole: ["user"], scopes: ["read"]).narrowed,
            ]
        )
    )

    let tools: [any Tool]
    let resources: [any Resource]

    init(configuration: NoConfiguration) throws(ToolError) {
        let watchers = Watchers()
        tools = [ActTool(watchers: watchers), ArchiveTool(), ErrandTool(), TearTool(), BurnTool()]
        resources = [NoteResource(watchers: watchers), QuietResource(), OwnResource()]
    }

    var providedSources: [any ProvidedSource] { [ArchiveSource()] }

    /// Only the owner reads an own note.
    func authorize(_ request: AuthorizationRequest, in context: CallContext) async throws(ToolError) -> Authorization {
        let owner = request.arguments["variables"]?["owner"]?.string
        return owner == context.caller.subject ? .allowed : .refused("Only the owner reads an own note.")
    }
}

/// What one instance knows of its watches.
final class Watchers: Sendable {
    struct Record {
        var begun = 0
        var open: [String] = []
        /// What ends or wakes each open watch, by its number.
        var signals: [Int: AsyncStream<Bool>.Continuation] = [:]
        var callers: Set<String> = []
    }

    let record = Mutex(Record())
}

/// Makes every open watch say that its note changed, or give up; answers how many there are.
struct ActTool: Tool {
    struct Input: Decodable, Sendable {
        let what: String
    }

    struct Output: Encodable, Sendable {
        let begun: Int
        let open: [String]
        let callers: [String]
    }

    static let description = ToolDescription(
        name: "act",
        title: "Act",
        summary: "Changes the notes that are watched, or only looks.",
        input: .object([.required("what", .choice(["change", "give_up", "look"]))]),
        output: .object([
            .required("begun", .integer()), .required("open", .array(of: .string())),
            .required("callers", .array(of: .string())),
        ])
    )

    let watchers: Watchers

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let record = watchers.record.withLock { $0 }
        for signal in record.signals.values where input.what != "look" { signal.yield(input.what == "change") }
        return Output(begun: record.begun, open: record.open.sorted(), callers: record.callers.sorted())
    }
}

/// One of many notes, which say when they change.
struct NoteResource: WatchableResource {
    static let description = ResourceDescription(
        uri: "note:{name}",
        name: "note",
        title: "A note",
        summary: "A note.",
        mimeType: "text/plain"
    )

    let watchers: Watchers

    func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        .text(request.variables["name"] ?? "")
    }

    func watch(_ request: ResourceRequest, with watch: ResourceWatch) async throws(ToolError) {
        let name = request.variables["name"] ?? ""
        let (signals, signal) = AsyncStream.makeStream(of: Bool.self)
        let number = watchers.record.withLock { record in
            record.begun += 1
            record.open.append(name)
            record.signals[record.begun] = signal
            record.callers.insert(watch.context.caller.subject)
            return record.begun
        }
        defer {
            watchers.record.withLock { record in
                record.signals[number] = nil
                record.open.firstIndex(of: name).map { _ = record.open.remove(at: $0) }
            }
        }
        for await hasChanged in signals {
            guard hasChanged else { throw ToolError(.unavailable, "It is not to be watched now.") }
            watch.updated()
        }
    }
}

/// Another one, which does not say.
struct QuietResource: Resource {
    static let description = ResourceDescription(
        uri: "quiet:note",
        name: "quiet",
        title: "A quiet note",
        summary: "A note that cannot be watched.",
        mimeType: "text/plain"
    )

    func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        .text("quiet")
    }
}

/// A note that only its owner may read.
struct OwnResource: Resource {
    static let description = ResourceDescription(
        uri: "own:{owner}",
        name: "own",
        title: "An own note",
        summary: "A note that only its owner may read.",
        mimeType: "text/plain"
    )

    func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        .text("of \(context.caller.subject)")
    }
}
