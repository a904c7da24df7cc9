import GatewayCore
import Synchronization

/// The plugins that are loaded, for sources that one of them answers for.
final class PluginDirectory: Sendable {
    private let plugins = Mutex<[String: any SourceProviding]>([:])

    subscript(namespace: String) -> (any SourceProviding)? {
        get { plugins.withLock { $0[namespace] } }
        set { plugins.withLock { $0[namespace] = newValue } }
    }
}
