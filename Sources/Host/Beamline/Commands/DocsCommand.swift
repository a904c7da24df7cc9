import ArgumentParser
import DocumentIndex
import GatewayConfiguration
import GatewayCore
import JSON
import LocalFiles

/// `beamline docs …`: the documents that plugins search.
struct DocsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Fill and ask the index of documents.",
        subcommands: [DocsIndexCommand.self, DocsSearchCommand.self]
    )
}

/// `--collection NAME`.
struct CollectionOptions: ParsableArguments {
    @Option(name: .customLong("collection"), help: "The collection's name: letters, digits, - and _.")
    var name: String

    func validate() throws {
        guard name.wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) != nil else {
            throw ValidationError("--collection must be 1 to 64 letters, digits, - and _.")
        }
    }
}

/// `beamline docs index`: makes a collection hold the documents of a folder.
struct DocsIndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read the .rst and .md files of a folder into a collection; what has not changed is not read again.",
        discussion: "A running gateway finds the new documents at once. Exit 1 when a file had to be left out."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var collection: CollectionOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The folder.")
    var folder: String

    @Option(name: .customLong("base-url"), help: "Where the folder's documents are published.")
    var baseURL: String?

    @Option(name: .customLong("url-suffix"), help: "What stands there in the place of .rst and .md.")
    var suffix = ".html"

    func validate() throws {
        if let baseURL, !DocumentAddresses.isBase(baseURL) {
            throw ValidationError("--base-url must be an http or https address without a query; it is '\(baseURL)'.")
        }
        guard suffix.utf8.count <= 16, suffix.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x23 && $0 != 0x3F })
        else {
            throw ValidationError("--url-suffix must be at most 16 plain characters, such as .html.")
        }
    }

    func run() async throws {
        let configuration = try options.read()
        let (found, change) = try index(configuration)
        if output.isJSON {
            Output.json([
                "collection": .string(collection.name), "files": .integer(found.files.count),
                "added": .integer(change.added), "changed": .integer(change.changed),
                "removed": .integer(change.removed), "unchanged": .integer(change.unchanged),
                "sections": .integer(change.sections), "passages": .integer(change.passages),
                "skipped": .array(found.skipped.map(JSONValue.string)),
            ])
        } else {
            Output.line(
                "\(collection.name): \(found.files.count) documents with \(change.sections) sections in \(change.passages) passages; \(change.added) new, \(change.changed) changed, \(change.removed) gone"
            )
        }
        guard found.skipped.isEmpty else {
            throw CommandFailure(
                CommandFailure.Code.notInOrder,
                found.skipped.map { Printable.line("left out: \($0)") }
            )
        }
    }

    private func index(_ configuration: Configuration) throws -> (DocumentFolder, IndexChange) {
        let limits = configuration.limits
        let found: DocumentFolder
        do throws(FileFailure) {
            found = try DocumentFolder(
                reading: Folder(path: folder),
                maximumFiles: limits.documentFiles,
                maximumBytes: limits.documentBytes
            )
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
        guard !found.files.isEmpty else {
            throw CommandFailure.notInOrder("\(folder) holds no .rst or .md file; nothing was changed.")
        }
        try StateFolder.prepare(configuration.state.directory)
        do throws(DocumentFailure) {
            let change = try DocumentWriter(path: configuration.documentIndex).update(
                collection.name,
                with: found.files,
                addresses: DocumentAddresses(base: baseURL, suffix: suffix)
            )
            return (found, change)
        } catch {
            throw CommandFailure.unreachable(error.reason)
        }
    }
}

/// `beamline docs search`: what a plugin would find, without its synonyms and chosen answers.
struct DocsSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Print the passages of a collection that fit a question best; exit 1 when there are none."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var collection: CollectionOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The question.")
    var question: String

    @Option(help: "At most so many passages.")
    var limit = 5

    func validate() throws {
        guard (1...100).contains(limit) else { throw ValidationError("--limit must be from 1 to 100.") }
    }

    func run() async throws {
        let library = DocumentLibrary(path: try options.read().documentIndex)
        defer { library.close() }
        let found: [Passage]?
        do throws(DocumentFailure) {
            found = try await library.passages(
                of: collection.name,
                for: question,
                as: DocumentDeclaration(name: collection.name),
                limit: limit
            )
        } catch {
            throw CommandFailure.unreachable(error.reason)
        }
        guard let found else {
            throw CommandFailure.notInOrder(
                "There is no collection \(collection.name); make it with `beamline docs index`."
            )
        }
        if output.isJSON {
            Output.json(.array(found.map(Self.document)))
        } else {
            for passage in found {
                Output.line(Printable.line("\(passage.score)  \(passage.document): \(passage.section)"))
                Output.line(Printable.line("    \(passage.text.prefix(160))"))
            }
        }
        guard !found.isEmpty else { throw CommandFailure.notInOrder("Nothing in \(collection.name) speaks of it.") }
    }

    private static func document(_ passage: Passage) -> JSONValue {
        [
            "document": .string(passage.document), "section": .string(passage.section),
            "url": passage.url.map(JSONValue.string) ?? .null, "text": .string(passage.text),
            "score": .double(passage.score),
        ]
    }
}
