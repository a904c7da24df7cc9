import Authentication
import Catalog
import DataSources
import GatewayConfiguration
import GatewayCore
import HTTPServer
import MCPServer
import OutboundHTTP
import PluginHosting
import PluginRuntime
import PluginWire

/// Hands the limits of the configuration to those who keep them.
extension LimitSettings {
    var calls: CallLimits {
        CallLimits(
            defaultTimeout: toolTimeout,
            longestTimeout: longestToolTimeout,
            authorizeTimeout: authorizeTimeout,
            resultBudgetBytes: resultBudgetBytes,
            resultCapBytes: resultCapBytes,
            reportedViolations: reportedFaults,
            questionRounds: questionRounds,
            concurrentPerPrincipal: callsPerPrincipal,
            concurrentPerClient: callsPerClient,
            concurrentPerNamespace: callsPerNamespace,
            concurrentCalls: concurrentCalls
        )
    }

    var listed: ListedLimits {
        ListedLimits(tools: listedTools, bytes: listedBytes)
    }

    var subscriptionHub: SubscriptionHub.Limits {
        SubscriptionHub.Limits(
            streams: listenStreams,
            streamsPerOwner: listenStreamsPerPrincipal,
            resourcesPerOwner: watchedResourcesPerPrincipal
        )
    }

    var watches: ResourceWatches.Limits {
        ResourceWatches.Limits(
            perNamespace: watchedResources,
            firstRest: watchRest,
            longestRest: watchLongestRest
        )
    }

    var sessionStore: SessionStore.Limits {
        SessionStore.Limits(
            sessions: sessions,
            sessionsPerOwner: sessionsPerPrincipal,
            idleTime: sessionIdle,
            cancellableRequests: sessionCancellable,
            questionsPerOwner: questionsPerPrincipal
        )
    }

    var streams: StreamLimits {
        StreamLimits(
            progressInterval: progressInterval,
            bufferBytes: streamBufferBytes,
            keepAlive: streamKeepAlive
        )
    }

    var spentStates: SpentStates.Limits {
        SpentStates.Limits(states: agreements, statesPerOwner: agreementsPerPrincipal)
    }

    var questions: QuestionLimits {
        QuestionLimits(lifetime: questionLifetime, rounds: questionRounds, answerBytes: answerBytes)
    }

    var sources: SourceLimits {
        SourceLimits(
            maximumRows: queryRows,
            maximumBytes: queryBytes,
            operationBytes: operationBytes,
            concurrentPerSource: queriesPerSource,
            waitingPerSource: queriesWaiting,
            breaker: BreakerPolicy(
                failures: sourceFailures,
                window: sourceFailureWindow,
                patience: sourcePatience,
                firstRest: sourceRest,
                longestRest: sourceLongestRest
            ),
            openResults: openResults,
            openBytes: openResultBytes,
            openFor: openResultIdle
        )
    }

    var outbound: OutboundLimits {
        OutboundLimits(
            maximumConcurrent: outboundRequests,
            maximumConcurrentPerOrigin: outboundRequestsPerOrigin,
            maximumWaiting: outboundWaiting
        )
    }

    var authentication: AuthenticationLimits {
        AuthenticationLimits(
            cachedTokens: rememberedTokens,
            cacheLifetime: tokenMemory.components.seconds,
            maximumKeyLifetime: keyLifetime.components.seconds,
            staleKeyLifetime: staleKeyLifetime.components.seconds,
            refetchInterval: keyRefetchInterval.components.seconds,
            keySetBytes: keySetBytes,
            fetchTimeout: keyFetchTimeout.components.seconds,
            askedLifetime: askedTokenMemory.components.seconds,
            refusedLifetime: refusedTokenMemory.components.seconds,
            questions: tokenQuestions
        )
    }

    var bundles: BundleLimits {
        var limits = BundleLimits()
        limits.files = bundleFiles
        limits.bytes = bundleBytes
        limits.foundPlugins = foundPlugins
        return limits
    }

    var plugins: PluginLimits {
        PluginLimits(
            queueLength: pluginQueue,
            resultBytes: resultCapBytes,
            cancelGrace: pluginCancelGrace,
            lostCalls: pluginLostCalls,
            openInvocations: pluginOperations,
            loaderTime: pluginLoadTime,
            blockingThreads: pluginThreads,
            questionBytes: questionBytes,
            memoryBytes: questionMemoryBytes,
            iconBytes: iconBytes
        )
    }
}

extension WorkersSettings {
    var settings: WorkerSettings {
        WorkerSettings(
            required: SandboxLayers(words: requiredWalls),
            silence: silence,
            crashes: crashes,
            crashWindow: crashWindow,
            rest: rest,
            drain: drain,
            logLines: logLines,
            keepsSpare: keepsSpare
        )
    }
}

extension ListenerConfiguration {
    /// Where the configuration says to listen, within its limits.
    init(_ configuration: Configuration) {
        let limits = configuration.limits
        self.init(
            host: configuration.server.host,
            port: configuration.server.port,
            maximumBodyBytes: limits.requestBodyBytes,
            maximumHeaderBytes: limits.requestHeaderBytes,
            maximumHeaderFields: limits.requestHeaderFields,
            maximumPipelinedRequests: limits.pipelinedRequests,
            maximumConnections: limits.connections,
            idleTimeout: limits.idleTimeout,
            headerTimeout: limits.headerTimeout,
            bodyTimeout: limits.bodyTimeout,
            drainTimeout: limits.drainTimeout
        )
    }
}
