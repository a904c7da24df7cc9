import Diagnosis
import DocumentIndex
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import MessageSource
import OutboundHTTP

/// Asks every source something that costs nothing.
struct SourceDoctor: Sendable {
    private static let patience = Duration.seconds(10)

    let configuration: Configuration

    func findings() async -> [Finding] {
        guard !configuration.sources.isEmpty, let outbound = try? SourceAssembly.outbound(of: configuration) else {
            return []
        }
        let found = await Doctoring.each(configuration.sources) { source in [await finding(of: source, outbound)] }
        await outbound.shutdown()
        return found
    }

    private func finding(of source: SourceSettings, _ outbound: OutboundClient) async -> Finding {
        let subject = "source \(source.name)"
        switch source.kind {
        case .sqlite, .postgresql: return await ask(source, subject, outbound, sql)
        case .http: return await ask(source, subject, outbound, http)
        case .stomp(let settings): return await broker(settings, subject)
        case .file(let settings): return folder(settings.directory, subject)
        case .plugin(let settings):
            let isThere = configuration.plugins.contains { $0.namespace == settings.namespace }
            guard isThere else {
                let text = "no plugin has the namespace \(settings.namespace)"
                return Finding(subject, .broken, text, remedy: "Enable the plugin, or take the source out.")
            }
            return Finding(subject, .ok, "the plugin \(settings.namespace) answers for it")
        }
    }

    private func ask(
        _ settings: SourceSettings,
        _ subject: String,
        _ outbound: OutboundClient,
        _ question: (any DataSource, String) async -> Finding
    ) async -> Finding {
        do {
            let source = try SourceAssembly.make(
                settings,
                configuration,
                outbound,
                PluginDirectory(library: DocumentLibrary(path: configuration.documentIndex))
            )
            let finding = await question(source, subject)
            await source.close()
            return finding
        } catch {
            let text = (error as? CommandFailure)?.lines.joined(separator: " ") ?? "\(error)"
            return Finding(subject, .broken, text, remedy: "Check the keys of the source.")
        }
    }

    private func sql(_ source: any DataSource, _ subject: String) async -> Finding {
        let query = SQLQuery(
            statement: "SELECT 1",
            maximumRows: 1,
            maximumBytes: 4096,
            deadline: .after(Self.patience)
        )
        do throws(SourceError) {
            _ = try await source.query(query)
            return Finding(subject, .ok, "it answers")
        } catch {
            return trouble(error, subject, "Check its address, user, password and the network from here.")
        }
    }

    private func http(_ source: any DataSource, _ subject: String) async -> Finding {
        let request = SourceRequest(
            method: "GET",
            path: "/",
            maximumBytes: 1 << 20,
            deadline: .after(Self.patience)
        )
        do throws(SourceError) {
            let status = try await source.request(request).status
            switch status {
            case 401, 403:
                let remedy = "Check its `headers`, unless it refuses its first page alone."
                return Finding(subject, .warning, "it answers \(status) to a request of its first page", remedy: remedy)
            case 500...:
                let remedy = "Ask those who run it."
                return Finding(subject, .warning, "it answers \(status) to a request of its first page", remedy: remedy)
            default: return Finding(subject, .ok, "it answers")
            }
        } catch .tooLarge {
            return Finding(subject, .ok, "it answers")
        } catch {
            return trouble(error, subject, "Check `base_url`, the network from here, and `trust` for its certificate.")
        }
    }

    private func trouble(_ error: SourceError, _ subject: String, _ remedy: String) -> Finding {
        switch error {
        case .unavailable(let detail): Finding(subject, .unreachable, "it cannot be asked: \(detail)", remedy: remedy)
        case .timeout, .cancelled, .down: Finding(subject, .unreachable, "it does not answer in time", remedy: remedy)
        default: Finding(subject, .broken, "it does not do what it must: \(error)", remedy: remedy)
        }
    }

    private func broker(_ settings: StompSettings, _ subject: String) async -> Finding {
        do {
            let made = try MessageAssembly.settings(settings, configuration.trust)
            guard let fault = await BrokerReach.fault(of: made) else {
                return Finding(subject, .ok, "the broker is there; user and password are tried with the first message")
            }
            let remedy = "Check `host`, `port`, `tls`, and the network from here."
            return Finding(subject, .unreachable, "the broker cannot be reached: \(fault)", remedy: remedy)
        } catch {
            let text = (error as? CommandFailure)?.lines.joined(separator: " ") ?? "\(error)"
            return Finding(subject, .broken, text, remedy: "Check the keys of the source.")
        }
    }

    private func folder(_ path: String, _ subject: String) -> Finding {
        FileManager.default.isReadableFile(atPath: path + "/.")
            ? Finding(subject, .ok, "the folder can be read")
            : Finding(
                subject,
                .broken,
                "the folder \(path) is not there, or may not be read",
                remedy: "Check `directory`, and let the gateway's user read it."
            )
    }
}
