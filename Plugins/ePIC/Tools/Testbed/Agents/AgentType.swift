/// A type of agents, under the names agents give themselves: the documented ones are other words.
struct AgentType: Hashable, Sendable {
    /// The values of the table that are meant.
    let names: [String]

    /// Documented and other usual words, in lower case → the values agents use.
    private static let aliases: [String: [String]] = [
        "daqsim": ["DAQ_Simulator"], "daq": ["DAQ_Simulator"], "daq_simulator": ["DAQ_Simulator"],
        "data": ["DATA"],
        "processing": ["PROCESSING", "STF_Processing"], "stf_processing": ["STF_Processing"],
        "fastmon": ["fastmon"], "fast_monitoring": ["fastmon"],
        "manager": ["agent_manager"], "agent_manager": ["agent_manager"],
        "unknown": ["Unknown"],
    ]
    private static let exact: Set<String> = Set(aliases.values.joined())

    /// The type a caller means; a word that is no alias is taken as it is.
    init(_ word: String) {
        names = Self.exact.contains(word) ? [word] : Self.aliases[word.lowercased()] ?? [word]
    }
}
