import GatewayCore
import MCPModel
import QuestionRouting
import Synchronization
import ToolSearch

/// The tools of a view as those see them who may see the same: found once, and each page written once.
final class VisibleTools: Sendable {
    /// What it depends on, beside the snapshot.
    struct Key: Hashable {
        let view: View
        let visibility: Visibility
    }

    /// The namespaces in which there is anything to see, in order.
    let namespaces: [NamespaceSummary]
    /// Tells one list from another; equal lists have equal ones.
    let fingerprint: UInt64
    /// Whether any of the tools has a user interface.
    let hasInterfaces: Bool
    /// How long all definitions are in the longest form, with the commas between them.
    let definitionBytes: Int
    private let tools: [CatalogTool]
    /// What leads questions to these tools; made by the first question.
    private let router = Mutex<QuestionRouter?>(nil)
    private let routings: [RoutingDeclaration]
    /// Where the tools of each namespace lie.
    private let sections: [String: Range<Int>]
    /// The tools by the names the view gives them.
    private let positions: [String: Int]
    private let isPrefixed: Bool
    /// What searches need, made by the first; by namespace, under nil for all of them.
    private let indexes = Mutex<[String?: SearchIndex]>([:])
    /// Pages cut at multiples of the page size, by form and start.
    private let pages = Mutex<[[Int: [UInt8]]]>(ToolForm.allCases.map { _ in [:] })

    init(_ snapshot: CatalogSnapshot, _ view: View, isVisible: (CatalogTool) -> Bool) {
        var namespaces: [NamespaceSummary] = []
        var routings: [RoutingDeclaration] = []
        var tools: [CatalogTool] = []
        var sections: [String: Range<Int>] = [:]
        for section in snapshot.sections(of: view) {
            let visible = snapshot.tools[section.tools].filter(isVisible)
            guard !visible.isEmpty else { continue }
            namespaces.append(section.summary)
            routings.append(section.routing)
            sections[section.summary.name] = tools.count..<tools.count + visible.count
            tools += visible
        }
        self.namespaces = namespaces
        self.routings = routings
        self.tools = tools
        self.sections = sections
        isPrefixed = view.isPrefixed
        hasInterfaces = tools.contains { !InterfaceMetadata.addresses(in: $0.description.meta).isEmpty }
        fingerprint = Fingerprint.combined(tools.map(\.fingerprint))
        let lengths = tools.map { $0.definition(.full, isPrefixed: view.isPrefixed).count }
        definitionBytes = lengths.reduce(0, +) + max(0, tools.count - 1)
        positions = Dictionary(tools.enumerated().map { ($1.name(isPrefixed: view.isPrefixed), $0) }) { first, _ in
            first
        }
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

    /// The definition of one tool by the name the view gives it; nil when there is none to see.
    func definition(of name: String, _ form: ToolForm) -> [UInt8]? {
        positions[name].map { tools[$0].definition(form, isPrefixed: isPrefixed) }
    }

    /// The tools that fit a question, the best first.
    func search(_ question: String, namespace: String?, limit: Int) -> FoundTools {
        let searched = searched(namespace)
        let result = index(namespace, searched).search(question, limit: limit)
        let items = result.matches.map { match in
            let tool = searched[match.position]
            return FindToolsAnswer.Item(name: tool.name(isPrefixed: isPrefixed), tool: tool, score: match.score)
        }
        return FoundTools(items: items, total: result.found)
    }

    /// The tools that a question needs, the surest first.
    func advice(on question: String, limit: Int) -> RouteAdvice {
        questionRouter.advice(on: question, limit: limit)
    }

    /// Made at most once, but that two may begin at a time.
    private var questionRouter: QuestionRouter {
        if let known = router.withLock({ $0 }) { return known }
        let made = QuestionRouter(
            zip(namespaces, routings).map { summary, routing in
                RoutedExperiment(
                    namespace: summary.name,
                    routing: routing,
                    inputs: Dictionary(
                        searched(summary.name).map { ($0.route.item.localName, $0.description.inputSchema) }
                    ) { first, _ in first }
                )
            }
        )
        router.withLock { $0 = $0 ?? made }
        return made
    }

    /// The name of a tool in the view.
    func name(of localName: String, in namespace: String) -> String {
        isPrefixed ? namespace + "_" + localName : localName
    }

    /// The tools among which models search, always the same: what only interfaces use is not for them.
    private func searched(_ namespace: String?) -> [CatalogTool] {
        let range = namespace.map { sections[$0] ?? 0..<0 } ?? 0..<tools.count
        return tools[range].filter { InterfaceMetadata.isForModels($0.description.meta) }
    }

    /// Made at most once for each namespace there is, but that two may begin at a time.
    private func index(_ namespace: String?, _ tools: [CatalogTool]) -> SearchIndex {
        let key = sections.count > 1 ? namespace : nil
        if let known = indexes.withLock({ $0[key] }) { return known }
        let titles = Dictionary(namespaces.map { ($0.name, $0.title) }) { first, _ in first }
        let made = SearchIndex(
            tools.map { tool in
                let item = tool.route.item
                return SearchableTool(
                    origin: [item.namespace] + [titles[item.namespace] ?? nil].compactMap(\.self),
                    name: item.localName,
                    title: tool.description.title,
                    description: tool.description.description,
                    inputSchema: tool.description.inputSchema
                )
            }
        )
        return indexes.withLock { indexes in
            if let known = indexes[key] { return known }
            indexes[key] = made
            return made
        }
    }
}
