package import GatewayCore

/// The data sources as one plugin sees them: its own names, its limits, clear refusals.
///
/// Carries out the operations below; any other is `.unsupported`.
package final class SourceServices: HostServing {
    /// The operations this object carries out.
    package static let operations: Set<String> = [
        "source.query", "source.fetch", "source.request", "source.send", "source.exchange", "source.read",
    ]

    let limits: SourceLimits
    let results: OpenResults
    let namespace: String
    private let bound: @Sendable (String) -> (any DataSource)?
    private let names: @Sendable () -> [String]
    private let reporting: any SourceReporting

    /// Serves one plugin from sources that stay what they are.
    package convenience init(
        namespace: String,
        bindings: [String: any DataSource],
        limits: SourceLimits = SourceLimits(),
        reporting: any SourceReporting
    ) {
        self.init(
            namespace: namespace,
            bound: { bindings[$0] },
            names: { Array(bindings.keys) },
            limits: limits,
            reporting: reporting
        )
    }

    /// Serves one plugin.
    /// - Parameters:
    ///   - namespace: The plugin's, for its turn at busy sources and the operator's log.
    ///   - bound: The source that the site binds to a name of the plugin's own now, from a `SourceRegistry`.
    ///   - names: The names that are bound now.
    ///   - limits: What the plugin may ask for.
    ///   - reporting: Hears what plugins are not told.
    package init(
        namespace: String,
        bound: @escaping @Sendable (String) -> (any DataSource)?,
        names: @escaping @Sendable () -> [String],
        limits: SourceLimits = SourceLimits(),
        reporting: any SourceReporting
    ) {
        self.namespace = namespace
        self.bound = bound
        self.names = names
        self.limits = limits
        self.reporting = reporting
        results = OpenResults(limits: limits)
    }

    package func serve(_ request: ServiceRequest) async -> ServiceReply {
        do throws(ServiceFailure) {
            guard Self.operations.contains(request.operation) else {
                throw ServiceFailure(.unsupported, "This gateway has no operation \"\(request.operation.prefix(64))\".")
            }
            let body = try OperationBody(parsing: request.body, maximumBytes: limits.operationBytes)
            let deadline = try deadline(of: request, body)
            let reply =
                switch request.operation {
                case "source.query": try await query(request, body, deadline)
                case "source.request": try await send(request, body, deadline)
                case "source.send": try await sendMessage(request, body, deadline)
                case "source.exchange": try await exchangeMessages(request, body, deadline)
                case "source.read": try await readFile(request, body, deadline)
                default: try fetch(request, body)
                }
            return ServiceReply(status: .ok, body: reply)
        } catch {
            return error.reply
        }
    }

    /// Forgets the open results of a request that has ended.
    package func parentEnded(_ call: UInt64) {
        results.drop(parent: call)
    }

    /// How many results wait for `source.fetch`.
    package var openResultCount: Int { results.count }

    /// The source of a plugin's name.
    func source(_ name: String) throws(ServiceFailure) -> any DataSource {
        if let source = bound(name) { return source }
        let names = names().sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        throw ServiceFailure(
            .notFound,
            "There is no data source \"\(name.prefix(64))\".",
            hint: names.isEmpty ? "No source is bound to this plugin." : "The sources are \(names)."
        )
    }

    /// What a source's failure means to the plugin; the operator hears the rest.
    func failure(_ error: SourceError, of source: String, in request: ServiceRequest) -> ServiceFailure {
        let failure = ServiceFailure(error, of: source)
        if let detail = error.operatorDetail {
            reporting.report(
                SourceTrouble(
                    namespace: namespace,
                    source: source,
                    operation: request.operation,
                    status: failure.status,
                    detail: detail,
                    requestID: request.parent?.requestID
                )
            )
        }
        return failure
    }

    private func deadline(of request: ServiceRequest, _ body: OperationBody) throws(ServiceFailure) -> Deadline {
        guard let milliseconds = try body.count("timeout_ms") else {
            return request.parent == nil ? request.deadline.atMost(limits.defaultTimeout) : request.deadline
        }
        // A day is more than any request has; larger numbers would only overflow.
        return request.deadline.atMost(.milliseconds(min(milliseconds, 86_400_000)))
    }
}
