import CSandbox
import Glibc

/// A system call of a plugin that the walls of a worker do not let through.
struct Refusal: Hashable, Sendable {
    /// What the call is for; the numbers are those of `witness.h`.
    enum Purpose: Int32, Hashable, Sendable {
        case other = 0
        case reads, writes, network, processes, signals, folder, mask, powers
    }

    let purpose: Purpose
    /// The system's word for the call, or its number.
    let call: String
    /// The file or program it is about; nil when there is none, or it is not known.
    let path: String?
    /// What the runner said last.
    let place: String
    /// Whether it opens what a worker may read.
    let isAllowed: Bool

    private static let mostPathBytes = 256

    init(purpose: Purpose, call: String, path: String? = nil, place: String) {
        self.purpose = purpose
        self.call = call
        self.path = path
        self.place = place
        isAllowed = false
    }

    /// What a process asked for; looks into its memory for a path.
    init(_ question: witness_call, of pid: pid_t, at place: String) {
        var name: UnsafePointer<CChar>?
        var argument: Int32 = -1
        purpose = unsafe withUnsafePointer(to: question) { question in
            unsafe Purpose(rawValue: witness_purpose(question, &name, &argument)) ?? .other
        }
        call = unsafe name.map { unsafe String(cString: $0) } ?? "system call \(question.number)"
        self.place = place
        guard argument >= 0 else {
            path = nil
            isAllowed = false
            return
        }
        let address = unsafe withUnsafeBytes(of: question.arguments) {
            unsafe $0.load(fromByteOffset: Int(argument) * 8, as: UInt64.self)
        }
        var text = [CChar](repeating: 0, count: Self.mostPathBytes)
        let count = unsafe witness_text(question.thread, address, &text, text.count)
        let isPlain = unsafe withUnsafePointer(to: question) { unsafe witness_is_plain($0) != 0 }
        path = count == 0 ? nil : String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let mayRead = unsafe sandbox_may_read(text, pid) != 0
        isAllowed = purpose == .reads && (count == 0 || !isPlain && path?.first != "/" || mayRead)
    }

    /// Whether it asks for the same, wherever that is.
    func isLike(_ other: Refusal) -> Bool {
        (purpose, call, path) == (other.purpose, other.call, other.path)
    }
}
