import GatewayCore
import MCPModel
import Synchronization

/// The tools of a view as those see them who may see the same: found once, and each page written once.
final class VisibleTools: Sendable {
    /// What it depends on, beside the snapshot.
    struct Key: Hashable {
        let view: String
        let visibility: Visibility
    }

    /// The namespaces in which there is anything to see, in order.
    let namespaces: [NamespaceSummary]
    private let tools: [CatalogTool]
    private let isPrefixed: Bool
    /// Pages cut at multiples of the page size, by form and start.
    private let pages = Mutex<[[Int: [UInt8]]]>(ToolForm.allCases.map { _ in [:] })

    init(_ snapshot: CatalogSnapshot, _ view: View, isVisible: (CatalogTool) -> Bool) {
        var namespaces: [NamespaceSummary] = []
        var tools: [CatalogTool] = []
        for section in snapshot.sections(of: view) {
            let visible = snapshot.tools[section.tools].filter(isVisible)
            guard !visible.isEmpty else { continue }
            namespaces.append(section.summary)
            tools += visible
        }
        self.namespaces = namespaces
        self.tools = tools
        isPrefixed = view.isPrefixed
    }

    var count: Int { tools.count }

    /// The definitions of some tools, with commas between them.
    ///
    /// Only a forged cursor begins where no page does; what is made for it is not kept.
    func definitions(_ range: Range<Int>, _ form: ToolForm, isPage: Bool) -> [UInt8] {
        if isPage, let known = pages.withLock({ $0[form.rawValue][range.lowerBound] }) { return known }
        let definitions = tools[range].map { $0.definition(form, isPrefixed: isPrefixed) }
        let bytes = Array(definitions.joined(separator: [UInt8(ascii: ",")]))
        if isPage { pages.withLock { $0[form.rawValue][range.lowerBound] = bytes } }
        return bytes
    }
}
