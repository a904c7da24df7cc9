import GatewayCore
import JSON
import ToolSearch

/// Leads questions to the experiment, the tool and the arguments they need, by what the plugins say of themselves.
///
/// The same question always has the same answer. Nothing is looked up and no model is asked: what decides are the numbers in
/// the question, the words beside them, the names of experiments and the phrases that plugins declare.
package struct QuestionRouter: Sendable {
    /// How sure a sign makes.
    private enum Confidence {
        static let wordAndRange = 0.9
        static let wordWithoutRange = 0.7
        static let rangeAlone = 0.5
        static let wordOutsideRange = 0.3
        /// What each word of a phrase adds to a number.
        static let phraseWord = 0.02
        static let phrase = 0.45
        static let wordOfPhrase = 0.15
        static let mostOfPhrase = 0.85
        /// What another word for the same is worth beside the word.
        static let synonym = 0.3
        /// A question about something that it does not name.
        static let nameless = 0.4
        static let most = 0.99
        /// Two that are so near are equal.
        static let near = 0.05
    }

    private struct Phrase: Sendable {
        let text: String
        let terms: [String]
    }

    private struct Experiment: Sendable {
        let routed: RoutedExperiment
        let names: Set<String>
        /// All words that say what a number is.
        let identifierWords: Set<String>
        /// The ways to ask, for each topic.
        let phrases: [[Phrase]]
    }

    private let experiments: [Experiment]

    /// Takes the experiments that one caller may see; their order decides between equals.
    package init(_ experiments: [RoutedExperiment]) {
        self.experiments = experiments.map { routed in
            Experiment(
                routed: routed,
                names: Set([routed.namespace] + routed.routing.names),
                identifierWords: Set(routed.routing.identifiers.flatMap(\.words)),
                phrases: routed.routing.topics.map { topic in
                    topic.phrases.map { Phrase(text: $0, terms: Words.wanted($0)) }.filter { !$0.terms.isEmpty }
                }
            )
        }
    }

    /// The tools that may answer a question, the surest first, at most `limit`; the same tool with the same arguments once.
    package func advice(on question: String, limit: Int) -> RouteAdvice {
        let text = QuestionText(question)
        let named = experiments.filter { !$0.names.isDisjoint(with: text.words) }
        let found = (named.isEmpty ? experiments : named).flatMap {
            suggestions(of: $0, isNamed: !named.isEmpty, for: text, question)
        }
        // Those of one experiment stand together, in the experiments' order.
        let sorted = found.enumerated().sorted {
            ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
        }
        let advice = Self.withTiesShared(Self.withoutCopies(sorted.map(\.element)))
        return RouteAdvice(suggestions: Array(advice.suggestions.prefix(max(0, limit))), rivals: advice.rivals)
    }

    private static func withoutCopies(_ sorted: [RouteSuggestion]) -> [RouteSuggestion] {
        struct Call: Hashable { let namespace: String, tool: String, arguments: JSONObject }
        var seen: Set<Call> = []
        return sorted.filter {
            seen.insert(Call(namespace: $0.namespace, tool: $0.tool, arguments: $0.arguments)).inserted
        }
    }

    /// When several experiments answer equally well, none of them is sure.
    private static func withTiesShared(_ sorted: [RouteSuggestion]) -> RouteAdvice {
        var rivals: [String] = []
        for suggestion in sorted where sorted[0].confidence - suggestion.confidence < Confidence.near {
            if !rivals.contains(suggestion.namespace) { rivals.append(suggestion.namespace) }
        }
        guard rivals.count > 1 else { return RouteAdvice(suggestions: sorted, rivals: []) }
        let shared = sorted.map { suggestion in
            var suggestion = suggestion
            suggestion.confidence /= Double(rivals.count)
            return suggestion
        }
        return RouteAdvice(suggestions: shared, rivals: rivals)
    }

    // MARK: - One experiment

    private func suggestions(
        of experiment: Experiment,
        isNamed: Bool,
        for text: QuestionText,
        _ question: String
    ) -> [RouteSuggestion] {
        zip(experiment.routed.routing.topics, experiment.phrases).flatMap { topic, phrases -> [RouteSuggestion] in
            guard let input = experiment.routed.inputs[topic.tool] else { return [] }
            let match = Self.best(phrases, in: text)
            // A topic with ways to ask is about those alone.
            guard match != nil || topic.phrases.isEmpty else { return [] }
            let call = TopicCall(topic: topic, input: input, question: question, days: text.days)
            guard let name = topic.identifier else {
                guard let match else { return [] }
                return [
                    call.suggestion(
                        experiment.routed.namespace,
                        Self.sure(of: match.weight),
                        "The question has the words of \"\(match.phrase.text)\"."
                    )
                ]
            }
            guard let identifier = experiment.routed.routing.identifiers.first(where: { $0.name == name }) else {
                return []
            }
            let phraseWorth = Confidence.phraseWord * (match?.weight ?? 0)
            let numbered = text.numbers.compactMap { number -> RouteSuggestion? in
                guard let sign = Self.sign(that: number, is: identifier, in: text, experiment, isNamed: isNamed) else {
                    return nil
                }
                return call.suggestion(
                    experiment.routed.namespace,
                    min(Confidence.most, sign.confidence + phraseWorth),
                    sign.reason,
                    number: number.value
                )
            }
            guard numbered.isEmpty, text.numbers.isEmpty || match != nil else { return numbered }
            guard !text.words.isDisjoint(with: identifier.words) else { return [] }
            return [
                call.suggestion(
                    experiment.routed.namespace,
                    match.map { Self.sure(of: $0.weight) } ?? Confidence.nameless,
                    "The question is about a \(identifier.name), and does not say which."
                )
            ]
        }
    }

    private static func sure(of weight: Double) -> Double {
        min(Confidence.mostOfPhrase, Confidence.phrase + Confidence.wordOfPhrase * weight)
    }

    private static func sign(
        that number: QuestionText.Number,
        is identifier: RoutingDeclaration.Identifier,
        in text: QuestionText,
        _ experiment: Experiment,
        isNamed: Bool
    ) -> (confidence: Double, reason: String)? {
        let word = text.word(for: number, among: experiment.identifierWords)
        let isInRange = identifier.range.map { $0.contains(number.value) }
        guard let word else {
            guard isInRange == true else { return nil }
            return (Confidence.rangeAlone, "\(number.value) may be a \(identifier.name) by its size.")
        }
        guard identifier.words.contains(word) else { return nil }
        switch isInRange {
        case true?:
            return (
                Confidence.wordAndRange,
                "The question calls \(number.value) a \(word), and \(experiment.routed.namespace) has such numbers."
            )
        case nil: return (Confidence.wordWithoutRange, "The question calls \(number.value) a \(word).")
        case false? where isNamed:
            return (Confidence.wordWithoutRange, "The question calls \(number.value) a \(word) of this experiment.")
        case false?:
            return (
                Confidence.wordOutsideRange,
                "The question calls \(number.value) a \(word), but \(experiment.routed.namespace) hardly has such numbers."
            )
        }
    }

    /// The way to ask that most of the question's words speak for.
    private static func best(_ phrases: [Phrase], in text: QuestionText) -> (phrase: Phrase, weight: Double)? {
        var best: (phrase: Phrase, weight: Double)?
        for phrase in phrases {
            var weight = 0.0
            let matches = phrase.terms.allSatisfy { term in
                if text.terms.contains(term) {
                    weight += 1
                    return true
                }
                guard Synonyms.others(than: term).contains(where: text.terms.contains) else { return false }
                weight += Confidence.synonym
                return true
            }
            if matches, weight > best?.weight ?? 0 { best = (phrase, weight) }
        }
        return best
    }
}
