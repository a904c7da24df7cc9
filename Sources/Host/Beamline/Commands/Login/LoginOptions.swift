import ArgumentParser
import Authentication
import ClientLogin
import FoundationEssentials

/// `--url`, the same for all commands about logins.
struct LoginOptions: ParsableArguments {
    @Option(help: "The MCP URL, such as https://gw.example.org/mcp.")
    var url: String

    /// The person's logins, and what they need.
    struct Logins {
        let fetch: PersonalFetch
        let session: LoginSession
        let clock = SystemWallClock()

        init() throws(LoginFault) {
            fetch = PersonalFetch()
            session = LoginSession(
                folder: try LoginFolder(environment: ProcessInfo.processInfo.environment),
                fetch: fetch,
                clock: clock
            )
        }
    }

    /// Hands the logins over, and says what is wrong as commands say it.
    func withLogins<Result>(_ body: (Logins) async throws -> Result) async throws -> Result {
        do {
            let logins = try Logins()
            do {
                let result = try await body(logins)
                await logins.fetch.shutdown()
                return result
            } catch {
                await logins.fetch.shutdown()
                throw error
            }
        } catch let fault as LoginFault {
            throw CommandFailure(fault)
        }
    }
}

extension CommandFailure {
    init(_ fault: LoginFault) {
        switch fault.kind {
        case .refused: self.init(Code.notInOrder, [fault.sentence])
        case .unreachable: self.init(Code.unreachable, [fault.sentence])
        }
    }
}
