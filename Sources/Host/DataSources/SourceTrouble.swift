package import GatewayCore

/// One failure of a source, for the operator's log.
///
/// `detail` may name hosts, tables and statements.
package struct SourceTrouble: Hashable, Sendable {
    /// The namespace of the plugin that asked.
    package let namespace: String
    /// The source's name as the plugin knows it.
    package let source: String
    /// Such as `source.query`.
    package let operation: String
    /// What the plugin was told.
    package let status: PluginStatus
    package let detail: String
    /// The request on whose behalf the plugin asked.
    package let requestID: RequestID?

    package init(
        namespace: String,
        source: String,
        operation: String,
        status: PluginStatus,
        detail: String,
        requestID: RequestID?
    ) {
        self.namespace = namespace
        self.source = source
        self.operation = operation
        self.status = status
        self.detail = detail
        self.requestID = requestID
    }
}
