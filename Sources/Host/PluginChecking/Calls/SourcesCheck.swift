import DataSources
import GatewayCore
import JSON
import PluginHosting
import Synchronization

extension CallCheck {
    static let sources = CallCheck(
        name: "sources",
        subject: "the sources it provides answer as sources do, and no others answer",
        onCrash: "Look a source up by its whole name with its length; a statement may be any text.",
        run: { stand async throws(CheckStand.NotServing) in
            let probe = try stand.started()
            var findings: [Finding] = []
            for offer in stand.manifest.provides {
                findings += await AskedSource(stand, probe, offer.name, offer.kind).findings()
            }
            findings += strangers(stand, probe)
            stand.end(probe)
            return findings
        }
    )

    /// What is not there must not answer.
    private static func strangers(_ stand: CheckStand, _ probe: Probe) -> [Finding] {
        let query = Array(#"{"op":"query","sql":"SELECT 1","parameters":[],"max_rows":1}"#.utf8)
        var asked = [("source \"no_such_source\"", ProbeRequest(Method.sourceQuery, "no_such_source", query))]
        asked += stand.manifest.provides.map { offer in
            let body = Array(#"{"op":"no_such_operation"}"#.utf8)
            return (
                "operation \"no_such_operation\" of \(offer.name)", ProbeRequest(Method.sourceQuery, offer.name, body)
            )
        }
        return asked.flatMap { place, request -> [Finding] in
            let (result, unanswered) = stand.answer(probe, request, place)
            guard result.isOK else { return unanswered }
            return unanswered + [
                Finding(
                    place,
                    "What does not exist is answered with BEAM_OK.",
                    remedy: "Refuse sources and operations you do not know with BEAM_UNSUPPORTED."
                )
            ]
        }
    }
}

/// Asks one source of a plugin what the gateway would ask it, and reads the answers as the gateway does.
private struct AskedSource {
    private let stand: CheckStand
    private let probe: Probe
    private let name: String
    private let kind: SourceKind
    private let plugin: AnsweringPlugin
    private let source: PluginSource

    private static let mostRows = 100
    private static let mostBytes = 16 << 20

    init(_ stand: CheckStand, _ probe: Probe, _ name: String, _ kind: SourceKind) {
        self.stand = stand
        self.probe = probe
        self.name = name
        self.kind = kind
        let plugin = AnsweringPlugin(stand: stand, probe: probe, name: name)
        self.plugin = plugin
        source = PluginSource(name: name) { plugin }
    }

    func findings() async -> [Finding] {
        let recorded = stand.recordings.queries[name] ?? []
        let usual: [JSONValue] =
            switch kind {
            case .sql: [["sql": "SELECT 1"], ["sql": "SELECT 1", "max_rows": 1]]
            case .http: [["path": "/"]]
            default: [["sql": "SELECT 1"], ["sql": "SELECT 1", "max_rows": 1], ["path": "/"]]
            }
        var findings: [Finding] = []
        var hasAnswered = false
        var hasUnderstood = false
        for question in recorded + usual {
            let place = "SOURCE_QUERY \(name) \(String(decoding: question.serialized, as: UTF8.self).prefix(120))"
            stand.mark(place)
            do throws(SourceError) {
                try await ask(question)
                (hasAnswered, hasUnderstood) = (true, true)
            } catch .unsupported {
            } catch .unavailable {
                hasUnderstood = true
            } catch .rejected(let detail) {
                hasUnderstood = true
                findings.append(unreadable(place, detail))
            } catch {
                findings.append(unreadable(place, "it is too large"))
            }
            findings += plugin.takeFindings()
        }
        if !hasUnderstood {
            findings.append(
                Finding(
                    name,
                    "The manifest provides the source, and SOURCE_QUERY refuses every operation on it.",
                    remedy: "Answer the operation \(kind == .http ? "request" : "query"), or leave it out of provides."
                )
            )
        } else if !hasAnswered, findings.isEmpty {
            findings.append(
                .warning(
                    name,
                    "No question was answered, so the answers were not compared with what they must be.",
                    remedy: "Record some in check/queries.json: {\"\(name)\": [{\"sql\": \"SELECT …\"}]}."
                )
            )
        }
        return findings
    }

    private func ask(_ question: JSONValue) async throws(SourceError) {
        let deadline = Deadline.after(stand.settings.deadline)
        if let path = question["path"]?.string {
            _ = try await source.request(
                SourceRequest(path: path, maximumBytes: Self.mostBytes, deadline: deadline)
            )
            return
        }
        _ = try await source.query(
            SQLQuery(
                statement: question["sql"]?.string ?? "SELECT 1",
                parameters: question["parameters"]?.array ?? [],
                maximumRows: question["max_rows"]?.integer ?? Self.mostRows,
                maximumBytes: Self.mostBytes,
                deadline: deadline
            )
        )
    }

    private func unreadable(_ place: String, _ detail: String) -> Finding {
        Finding(
            place,
            "The answer cannot be used: \(detail).",
            remedy:
                "Answer a query with {\"columns\":[{\"name\",\"type\"}],\"rows\":[[…]],\"truncated\"} and at most max_rows rows, a request with {\"status\",\"headers\",\"body\",\"encoding\"}."
        )
    }
}

/// The plugin, behind what the gateway asks a source.
private final class AnsweringPlugin: SourceProviding {
    private let stand: CheckStand
    private let probe: Probe
    let providedSources: Set<String>
    private let found = Mutex<[Finding]>([])

    init(stand: CheckStand, probe: Probe, name: String) {
        self.stand = stand
        self.probe = probe
        providedSources = [name]
    }

    func answer(_ question: SourceQuestion) async throws(SourceError) -> [UInt8] {
        let request = ProbeRequest(Method.sourceQuery, question.source, question.body)
        let place = "SOURCE_QUERY \(question.source)"
        let context = Array(#"{"request_id":"00000000000000000000000000000001"}"#.utf8)
        let (result, unanswered) = stand.answer(probe, request, place, context: context)
        found.withLock { $0 += unanswered }
        switch result.status {
        case .ok where result.isCompleted: return result.structured
        case .unsupported: throw .unsupported
        default: throw .unavailable(detail: StatusWord.of(result.number))
        }
    }

    func takeFindings() -> [Finding] {
        found.withLock { found in
            defer { found = [] }
            return found
        }
    }
}
