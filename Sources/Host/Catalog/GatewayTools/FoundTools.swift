/// What a search found among the tools a caller may see.
struct FoundTools {
    let items: [FindToolsAnswer.Item]
    let total: Int
}
