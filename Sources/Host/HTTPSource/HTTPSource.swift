package import GatewayCore

/// An HTTP back end that plugins reach by name, below one base URL and with the operator's credentials.
///
/// Every status is an answer, redirects and errors included; an error means that no answer came.
package struct HTTPSource: DataSource {
    package var kind: SourceKind { .http }

    private let name: String
    private let baseURL: BaseURL
    private let fetch: any HTTPFetch
    private let headerRules: HeaderRules
    private let methods: Set<String>
    private let maximumBytes: Int
    private let maximumRequestBytes: Int
    private let maximumTargetBytes: Int
    private let timeout: Duration

    /// Makes the source.
    /// - Parameters:
    ///   - name: As the configuration calls it; appears in the operator's details only.
    ///   - baseURL: What every path is joined to; its origin must be in the egress policy of `fetch`.
    ///   - fetch: What sends the requests.
    ///   - headers: The operator's, secrets included; they win over a plugin's.
    ///   - methods: Those a plugin may use, in capitals.
    ///   - forwardedHeaders: What plugins may set, without regard to case.
    ///   - maximumBytes: The largest body of an answer, whatever a request asks for.
    ///   - maximumRequestBytes: The largest body of a request.
    ///   - maximumTargetBytes: The longest path and the longest query, each, as a plugin passes the one and as the
    ///     other is sent.
    ///   - timeout: The longest a request may take, whatever its deadline.
    /// - Throws: `HTTPSourceError` when the configuration cannot be used.
    package init(
        name: String,
        baseURL: String,
        fetch: any HTTPFetch,
        headers: [HTTPField] = [],
        methods: Set<String> = ["GET", "HEAD", "POST"],
        forwardedHeaders: Set<String> = HeaderRules.usuallyForwarded,
        maximumBytes: Int = 8 * 1024 * 1024,
        maximumRequestBytes: Int = 1024 * 1024,
        maximumTargetBytes: Int = 4096,
        timeout: Duration = .seconds(20)
    ) throws(HTTPSourceError) {
        guard let base = BaseURL(baseURL) else { throw .baseURL }
        guard let rules = HeaderRules(forwarded: forwardedHeaders, configured: headers) else { throw .forwardedHeaders }
        self.name = name
        self.baseURL = base
        self.fetch = fetch
        self.headerRules = rules
        self.methods = methods
        self.maximumBytes = maximumBytes
        self.maximumRequestBytes = maximumRequestBytes
        self.maximumTargetBytes = maximumTargetBytes
        self.timeout = timeout
    }

    package func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        let outgoing = try fetchRequest(for: request)
        let answer: FetchResponse
        do {
            answer = try await fetch.fetch(outgoing)
        } catch {
            throw sourceError(error)
        }
        return FetchResponse(
            status: answer.status,
            headers: headerRules.incoming(answer.headers),
            body: answer.body,
            isTruncated: answer.isTruncated
        )
    }

    private func fetchRequest(for request: SourceRequest) throws(SourceError) -> FetchRequest {
        guard request.credential == nil || baseURL.isProtected else {
            throw .unavailable(detail: "\(name): a credential goes over https, or stays on this machine")
        }
        guard methods.contains(request.method) else {
            throw .invalid("This source takes only these methods: \(methods.sorted().joined(separator: ", ")).")
        }
        if let body = request.body {
            guard request.method != "GET", request.method != "HEAD" else {
                throw .invalid("A \(request.method) request takes no body.")
            }
            guard body.count <= maximumRequestBytes else {
                throw .invalid("The body is larger than \(maximumRequestBytes) bytes.")
            }
        }
        let path = try SourcePath(request.path, maximumBytes: maximumTargetBytes)
        return FetchRequest(
            method: request.method,
            url: baseURL.text + path.text + (try query(of: request)),
            headers: try headers(of: request),
            body: request.body,
            maximumBytes: min(max(0, request.maximumBytes), maximumBytes),
            truncates: true,
            deadline: request.deadline.atMost(timeout)
        )
    }

    /// The plugin's and the operator's fields, and the place in the caller's trace unless one of those says it.
    private func headers(of request: SourceRequest) throws(SourceError) -> [HTTPField] {
        var fields = try headerRules.outgoing(request.headers)
        if let credential = request.credential {
            let name = credential.name.lowercased()
            fields.removeAll { $0.name.lowercased() == name }
            fields.append(credential)
        }
        guard let trace = request.trace, !fields.contains(where: { $0.name.lowercased() == "traceparent" }) else {
            return fields
        }
        return fields + [HTTPField("traceparent", trace.traceParent)]
    }

    /// The query with its question mark; empty when there is none.
    private func query(of request: SourceRequest) throws(SourceError) -> String {
        guard !request.query.isEmpty else { return "" }
        let pairs = request.query.map { field in
            PercentEncoding.component(field.name) + "=" + PercentEncoding.component(field.value)
        }
        let query = "?" + pairs.joined(separator: "&")
        guard query.utf8.count <= maximumTargetBytes else {
            throw .invalid("The query is longer than \(maximumTargetBytes) bytes when encoded.")
        }
        return query
    }

    private func sourceError(_ error: FetchError) -> SourceError {
        switch error {
        case .refused(let detail): .unavailable(detail: "\(name): refused by the egress policy: \(detail)")
        case .unreachable(let detail): .unavailable(detail: "\(name): \(detail)")
        case .timeout: .timeout
        case .tooLarge: .tooLarge
        case .cancelled: .cancelled
        }
    }
}
