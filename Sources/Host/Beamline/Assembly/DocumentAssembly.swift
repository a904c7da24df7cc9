import DocumentIndex
import GatewayConfiguration

extension Configuration {
    /// Where the index of documents lies.
    var documentIndex: String { state.directory + "/documents.sqlite" }
}

extension LimitSettings {
    var documents: DocumentLimits { DocumentLimits(passages: documentPassages) }
}
