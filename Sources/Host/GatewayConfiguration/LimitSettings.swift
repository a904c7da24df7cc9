import GatewayCore

/// `limits`: what anything may cost before it is refused.
package struct LimitSettings: Hashable, Sendable {
    // Requests and connections.

    /// The largest request body, in bytes.
    package var requestBodyBytes = 1 << 20
    /// The largest request head, in bytes.
    package var requestHeaderBytes = 16 << 10
    package var requestHeaderFields = 128
    /// The deepest nesting of arrays and objects in a request.
    package var jsonDepth = 64
    /// Messages in one batch of 2025-03-26.
    package var batchMessages = 50
    /// Connections open at once.
    package var connections = 4096
    /// Requests that wait behind a running one on their connection.
    package var pipelinedRequests = 64
    package var idleTimeout = Duration.seconds(75)
    package var headerTimeout = Duration.seconds(15)
    package var bodyTimeout = Duration.seconds(15)
    /// How long running requests may go on after a shutdown begins.
    package var drainTimeout = Duration.seconds(1)

    // Logins.

    /// Clients that registered themselves, at one time.
    package var registeredClients = 10_000
    /// Registrations from one address in a minute.
    package var registrationsPerMinute = 10
    /// The largest registration, in bytes.
    package var registrationBytes = 16 << 10
    /// Refused requests for tokens from one address as one client in a minute.
    package var tokenFailuresPerMinute = 60
    /// The largest metadata document of a client, in bytes.
    package var clientDocumentBytes = 10 << 10
    package var clientDocumentTime = Duration.seconds(5)
    /// Metadata documents that are fetched at a time.
    package var clientDocuments = 4
    package var clientDocumentsPerMinute = 30
    /// Logins that are under way.
    package var waitingLogins = 10_000
    /// Devices that wait for somebody to log in.
    package var waitingDevices = 1000
    package var waitingApprovals = 10_000
    package var challenges = 2
    /// The largest answer of an issuer to a login, in bytes.
    package var loginBytes = 256 << 10
    package var loginTime = Duration.seconds(10)
    package var sourceTokens = 10_000
    package var sourceTokenBytes = 12 << 10
    /// How long a token for a source is so new that one which is refused is not renewed.
    package var sourceTokenRenewal = Duration.seconds(60)

    // Calls.

    /// How long a tool may take when it does not say.
    package var toolTimeout = Duration.seconds(30)
    package var authorizeTimeout = Duration.seconds(2)
    /// How long a tool may take whatever it says.
    package var longestToolTimeout = Duration.seconds(120)
    /// How large plugins are asked to keep a result, in bytes.
    package var resultBudgetBytes = 32 << 10
    /// The largest result passed on, in bytes.
    package var resultCapBytes = 16 << 20
    /// Faults of the arguments that one answer names.
    package var reportedFaults = 20
    /// Calls that run at a time.
    package var concurrentCalls = 1024
    package var callsPerPrincipal = 64
    package var callsPerClient = 256
    package var callsPerNamespace = 256

    // Lists and sessions.

    /// Items on one page of a list.
    package var listPage = 250
    /// Tools that a view of listing `auto` lists; with more it is searched.
    package var listedTools = 100
    /// Bytes of definitions that such a view lists.
    package var listedBytes = 100_000
    /// How long a client may keep a list.
    package var listLifetime = Duration.seconds(60)
    /// The longest instructions for models, in bytes.
    package var instructionBytes = 4096
    /// Sessions of clients before 2026-07-28.
    package var sessions = 1000
    /// Streams that tell of changes, of clients of both eras.
    package var listenStreams = 10_000
    package var listenStreamsPerPrincipal = 100
    /// Resources of one plugin that it watches for clients at a time.
    package var watchedResources = 1000
    package var watchedResourcesPerPrincipal = 512
    package var watchRest = Duration.seconds(1)
    package var watchLongestRest = Duration.seconds(60)
    package var sessionsPerPrincipal = 100
    /// How long such a session may be idle.
    package var sessionIdle = Duration.seconds(1800)

    /// Running requests of one session that its client can cancel.
    package var sessionCancellable = 256

    // Where results came from.

    /// Results that are remembered; 0 for none.
    package var provenanceResults = 100_000
    package var provenanceRetention = Duration.seconds(7 * 86_400)
    /// Different values of one result.
    package var provenanceValues = 4096
    /// Results that wait to be written.
    package var provenanceWaiting = 8192
    package var provenanceWaitingBytes = 64 << 20

    // Streamed answers.

    /// The least time between two progress messages of one call.
    package var progressInterval = Duration.milliseconds(100)
    /// Messages of one call that wait for a slow client, in bytes.
    package var streamBufferBytes = 256 << 10
    /// How long a stream may be silent before a comment is sent.
    package var streamKeepAlive = Duration.seconds(15)

    // Questions to users.

    /// How long a question may stay unanswered.
    package var questionLifetime = Duration.seconds(600)
    /// How often one call may ask.
    package var questionRounds = 16
    /// Calls of one caller, of a client with a session, that wait for an answer.
    package var questionsPerPrincipal = 16
    /// Agreements of users that are remembered until they are too old, as each is good for one call.
    package var agreements = 100_000
    package var agreementsPerPrincipal = 1000
    /// How large a question of a plugin may be, in bytes.
    package var questionBytes = 64 << 10
    /// How large all answers of one call may be together, in bytes.
    package var answerBytes = 64 << 10
    /// How much a plugin may want to remember until the answer, in bytes.
    package var questionMemoryBytes = 16 << 10

    // Sources.

    /// Rows of one query.
    package var queryRows = 10_000
    /// Bytes of rows of one query.
    package var queryBytes = 8 << 20
    /// Entries of a folder of documents, of whatever kind.
    package var documentFiles = 10_000
    /// Bytes of one document.
    package var documentBytes = 1 << 20
    /// Passages in one answer from documents.
    package var documentPassages = 20
    /// Queries one source answers at once, for all plugins together.
    package var queriesPerSource = 8
    /// Queries of one plugin that may wait for one source.
    package var queriesWaiting = 64
    /// Failures in a row that take a source down.
    package var sourceFailures = 3
    package var sourceFailureWindow = Duration.seconds(120)
    package var sourcePatience = Duration.seconds(1)
    package var sourceRest = Duration.seconds(1)
    package var sourceLongestRest = Duration.seconds(30)
    /// The longest statement or request of a plugin to a source, in bytes.
    package var operationBytes = 256 << 10
    /// Results of one plugin that wait to be fetched page by page.
    package var openResults = 64
    package var openResultBytes = 64 << 20
    package var openResultIdle = Duration.seconds(30)

    // Outgoing requests.

    package var outboundRequests = 64
    package var outboundRequestsPerOrigin = 16
    package var outboundWaiting = 256
    package var outboundConnectTimeout = Duration.seconds(5)

    // Tokens and issuers' keys.

    /// Accepted tokens that are remembered.
    package var rememberedTokens = 10_000
    package var tokenMemory = Duration.seconds(60)
    package var keyLifetime = Duration.seconds(86_400)
    package var staleKeyLifetime = Duration.seconds(86_400)
    package var keyRefetchInterval = Duration.seconds(30)
    package var keyFetchTimeout = Duration.seconds(10)
    package var keySetBytes = 256 << 10
    /// How long an issuer's word that a token holds is believed at most.
    package var askedTokenMemory = Duration.seconds(60)
    /// How long an issuer's word that a token does not hold is believed.
    package var refusedTokenMemory = Duration.seconds(10)
    /// How many tokens one issuer is asked about at the same time.
    package var tokenQuestions = 16

    // Plugins.

    package var pluginQueue = 256
    package var pluginOperations = 1024
    package var pluginThreads = 8
    package var pluginLostCalls = 16
    package var pluginCancelGrace = Duration.seconds(10)
    package var pluginLoadTime = Duration.seconds(5)
    package var bundleFiles = 4096
    package var bundleBytes = 1 << 30
    package var foundPlugins = 100
    /// Between two questions to a plugin how it is.
    package var pluginHealthInterval = Duration.seconds(10)
    /// How long the answer may take.
    package var pluginHealthTime = Duration.seconds(2)
    /// The longest icon inside a manifest or this configuration, in bytes.
    package var iconBytes = Icon.usualDataBytes
}
