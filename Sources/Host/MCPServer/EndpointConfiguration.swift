package import GatewayCore
package import JSON
package import MCPModel

/// What an endpoint is told once, when it is built.
package struct EndpointConfiguration: Sendable {
    package var publicURL: PublicURL
    /// The paths served.
    ///
    /// Paths are unique.
    package var views: [View]
    package var server: Implementation
    /// The document for clients that look for a token (RFC 9728).
    package var resourceMetadata: ProtectedResourceMetadata
    /// Hosts accepted beside loopback's names and the public URL's own; without port.
    package var allowedHosts: Set<String>
    /// Origins of web pages accepted beside the public URL's own.
    package var allowedOrigins: Set<String>
    /// Whether the listener is on loopback, where pages of this machine are accepted too.
    package var isOnLoopback: Bool
    /// What a message may cost to read.
    ///
    /// The listener has limited its bytes before.
    package var messageLimits: JSONLimits
    /// How many messages one batch of 2025-03-26 may hold.
    package var maximumBatch: Int
    /// How long a client may keep a list, in milliseconds.
    package var listTimeToLive: Int
    /// How long the instructions for models may be, in bytes; experiments beyond are left out.
    package var maximumInstructions: Int
    /// What a streamed answer may cost.
    package var streams: StreamLimits
    /// What questions may cost.
    package var questions: QuestionLimits

    package init(
        publicURL: PublicURL,
        views: [View],
        server: Implementation,
        resourceMetadata: ProtectedResourceMetadata,
        allowedHosts: Set<String> = [],
        allowedOrigins: Set<String> = [],
        isOnLoopback: Bool = false,
        messageLimits: JSONLimits = JSONLimits(depth: 64, bytes: 1 << 20),
        maximumBatch: Int = 50,
        listTimeToLive: Int = 60_000,
        maximumInstructions: Int = 4096,
        streams: StreamLimits = StreamLimits(),
        questions: QuestionLimits = QuestionLimits()
    ) {
        self.publicURL = publicURL
        self.views = views
        self.server = server
        self.resourceMetadata = resourceMetadata
        self.allowedHosts = allowedHosts
        self.allowedOrigins = allowedOrigins
        self.isOnLoopback = isOnLoopback
        self.messageLimits = messageLimits
        self.maximumBatch = maximumBatch
        self.listTimeToLive = listTimeToLive
        self.maximumInstructions = maximumInstructions
        self.streams = streams
        self.questions = questions
    }

    /// `/mcp` with everything, and `/mcp/<namespace>` for each namespace, without prefixes.
    package static func defaultViews(
        namespaces: [String],
        allowsAnonymous: Bool = false,
        listing: View.Listing = .auto
    ) -> [View] {
        let all = View(
            path: "/mcp",
            namespaces: nil,
            isPrefixed: true,
            allowsAnonymous: allowsAnonymous,
            listing: listing
        )
        return [all]
            + namespaces.map { namespace in
                View(
                    path: "/mcp/" + namespace,
                    namespaces: [namespace],
                    isPrefixed: false,
                    allowsAnonymous: allowsAnonymous,
                    listing: listing
                )
            }
    }
}
