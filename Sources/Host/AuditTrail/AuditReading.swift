import FoundationEssentials
import JSON

/// Reads a trail from its files.
package struct AuditReading: Sendable {
    /// Where something is wrong.
    package struct Finding: Hashable, Sendable {
        package let file: String
        /// From 1.
        package let line: Int
        package let fault: AuditFault
    }

    /// What a trail holds.
    package struct Summary: Hashable, Sendable {
        package var files = 0
        package var lines: UInt64 = 0
        /// The number of the first line; more than 1 when older files were deleted.
        package var first: UInt64?
        package var last: UInt64?
        /// The digest of the last line: with its number, what somebody keeps elsewhere who wants to know of a cut end.
        package var digest = ""
        /// Calls that the trail says were lost.
        package var lost = 0
        /// At most a hundred.
        package var findings: [Finding] = []
    }

    private let folder: AuditFolder

    package init(_ folder: AuditFolder) {
        self.folder = folder
    }

    /// Whether each line follows from the one before it, through all files.
    package func verify() throws(AuditFailure) -> Summary {
        var summary = Summary()
        var chain: AuditChain?
        try lines { file, number, line, isWhole in
            if number == 1 { summary.files += 1 }
            summary.lines += 1
            var fault: AuditFault?
            if var known = chain {
                fault = known.fault(in: line)
                chain = fault == nil ? known : AuditChain(after: line) ?? known
            } else {
                chain = AuditChain(after: line)
                fault = chain == nil ? .unreadable : nil
                if fault == nil, chain?.number == 1, Self.previous(of: line) != AuditChain().digest {
                    fault = .previous(number: 1)
                }
                summary.first = chain?.number
            }
            if !isWhole { fault = .cut }
            if let fault, summary.findings.count < 100 {
                summary.findings.append(Finding(file: file, line: number, fault: fault))
            }
            if let root = try? JSONDocument(parsing: line).root, root["event"]?.isString("lost") == true {
                summary.lost += root["count"]?.integer ?? 0
            }
            return true
        }
        summary.last = chain?.number
        summary.digest = chain?.digest ?? ""
        return summary
    }

    /// Gives the lines of a trail that match, in their order, until `body` has had enough.
    package func search(_ filter: AuditFilter, _ body: ([UInt8]) -> Bool) throws(AuditFailure) {
        try lines { _, _, line, _ in
            guard let root = try? JSONDocument(parsing: line).root, filter.matches(root) else { return true }
            return body(line)
        }
    }

    private static func previous(of line: [UInt8]) -> String? {
        try? JSONDocument(parsing: line).root["previous"]?.string
    }

    private func lines(_ body: (String, Int, [UInt8], _ isWhole: Bool) -> Bool) throws(AuditFailure) {
        for file in try folder.files() {
            guard let data = try? Data(contentsOf: URL(filePath: file), options: .mappedIfSafe) else {
                throw AuditFailure("The audit file \(file) cannot be read.")
            }
            var number = 0
            var begin = data.startIndex
            while begin < data.endIndex {
                let end = data[begin...].firstIndex(of: UInt8(ascii: "\n"))
                number += 1
                guard body(file, number, Array(data[begin..<(end ?? data.endIndex)]), end != nil) else { return }
                begin = end.map { $0 + 1 } ?? data.endIndex
            }
        }
    }
}

/// Which lines somebody looks for; what is nil matches all.
package struct AuditFilter: Hashable, Sendable {
    package var namespace: String?
    package var event: String?
    package var subject: String?
    /// The local name of a tool, resource or prompt.
    package var item: String?
    package var outcome: String?
    package var requestID: String?
    /// Times as in the trail; a line is found that is neither earlier nor later.
    package var since: String?
    package var until: String?

    package init() {}

    func matches(_ line: JSONNode) -> Bool {
        for (name, wanted) in [
            ("namespace", namespace), ("event", event), ("subject", subject), ("item", item), ("outcome", outcome),
            ("request_id", requestID),
        ] {
            if let wanted, line[name]?.isString(wanted) != true { return false }
        }
        guard since != nil || until != nil else { return true }
        // Times of one form sort as they follow each other.
        guard let time = line["time"]?.string else { return false }
        return since.map { time >= $0 } ?? true && until.map { time.prefix($0.count) <= $0 } ?? true
    }
}
