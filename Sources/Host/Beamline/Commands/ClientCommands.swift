import ArgumentParser
import JSON

/// `--url` and `--token-file`, the same for both client commands.
struct ClientOptions: ParsableArguments {
    @Option(help: "The MCP URL, such as http://127.0.0.1:8080/mcp.")
    var url: String

    @Option(name: .customLong("token-file"), help: "A file with an access token. Default: your login at the URL.")
    var tokenFile: String?

    /// Connects, hands the client over, and closes it again.
    func withClient<Result>(_ body: (GatewayClient) async throws -> Result) async throws -> Result {
        let credential: GatewayClient.Credential =
            if let tokenFile { .token(try TokenFile.read(tokenFile)) } else { .login(LoginCredential(url: url)) }
        let client = try GatewayClient(url: url, credential: credential)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }
}

/// `beamline tools`: the tools a caller may see.
struct ToolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tools", abstract: "List the tools you may see.")

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let tools = try await client.withClient { try await $0.tools() }
        guard !output.isJSON else { return Output.json(["tools": .array(tools)]) }
        let names = tools.map { $0["name"]?.string ?? "" }
        let width = names.map(\.count).max() ?? 0
        for (name, tool) in zip(names, tools) {
            let padding = String(repeating: " ", count: width - name.count)
            Output.line("\(name)\(padding)  \(tool["title"]?.string ?? "")")
        }
    }
}

/// `beamline call`: one tool call.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a tool and print its structured answer; exit 1 when the tool fails."
    )

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The tool's name.")
    var tool: String

    @Argument(help: "Arguments as key=value.")
    var arguments: [String] = []

    func run() async throws {
        let result = try await client.withClient { client in
            let known = arguments.isEmpty ? [] : try await client.tools()
            let schema = known.first { $0["name"]?.string == tool }?["inputSchema"]
            return try await client.call(tool, ArgumentText.arguments(arguments, schema: schema))
        }
        if output.isJSON {
            Output.json(result)
        } else {
            Output.line(ReadableJSON.text(result["structuredContent"] ?? result["content"] ?? [:]))
        }
        guard result["isError"]?.bool != true else { throw CommandFailure(CommandFailure.Code.notInOrder, []) }
    }
}
