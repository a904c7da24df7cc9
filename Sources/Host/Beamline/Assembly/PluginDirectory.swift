import Catalog
import DocumentIndex
import GatewayCore
import PluginHosting
import Synchronization

/// What plugins are told of one another and of themselves: sources that one answers for, documents, and their own tools.
final class PluginDirectory: Sendable {
    /// The documents that plugins search.
    let library: DocumentLibrary
    private let plugins = Mutex<[String: any SourceProviding]>([:])
    private let documents = Mutex<[String: [DocumentDeclaration]]>([:])
    private let shelf = Mutex<PluginShelf?>(nil)

    init(library: DocumentLibrary) {
        self.library = library
    }

    /// The catalog that clients see now; nil while the gateway starts.
    var catalog: Catalog? { shelf.withLock { $0 }?.catalog }

    /// Says where the catalog stands.
    func show(on shelf: PluginShelf) {
        self.shelf.withLock { $0 = shelf }
    }

    /// Takes in a plugin, in the place of one with its namespace.
    func put(_ plugin: LoadedPlugin) {
        self[plugin.namespace] = plugin.provider
        note(plugin.manifest.documents, of: plugin.namespace)
    }

    /// Takes down what a plugin says of documents.
    func note(_ declared: [DocumentDeclaration], of namespace: String) {
        documents.withLock { $0[namespace] = declared }
    }

    /// The collections that a plugin declares now.
    func declared(by namespace: String) -> [DocumentDeclaration] {
        documents.withLock { $0[namespace] ?? [] }
    }

    subscript(namespace: String) -> (any SourceProviding)? {
        get { plugins.withLock { $0[namespace] } }
        set { plugins.withLock { $0[namespace] = newValue } }
    }
}
