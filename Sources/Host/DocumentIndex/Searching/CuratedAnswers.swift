import GatewayCore

/// Answers that a plugin's authors wrote or chose for questions that words alone do not find.
struct CuratedAnswers {
    /// How alike two questions must be, from 0 to 1.
    private static let alike = 0.5

    private let entries: [(questions: [Set<String>], entry: DocumentDeclaration.Entry)]

    init(_ declaration: DocumentDeclaration) {
        entries = declaration.entries.map { entry in
            (entry.questions.map { QuestionWords($0).stems }, entry)
        }
    }

    /// The entries for a question, the most alike first, each with how alike it is.
    func answers(to question: QuestionWords) -> [(entry: DocumentDeclaration.Entry, likeness: Double)] {
        let words = question.stems
        return entries.compactMap { questions, entry in
            let likeness = questions.map { Self.likeness($0, words) }.max() ?? 0
            return likeness >= Self.alike ? (entry, likeness) : nil
        }
        .sorted { $0.likeness > $1.likeness }
    }

    /// What two sets have in common, of all that is in either (Jaccard).
    private static func likeness(_ first: Set<String>, _ second: Set<String>) -> Double {
        let common = first.intersection(second).count
        return common == 0 ? 0 : Double(common) / Double(first.union(second).count)
    }
}
