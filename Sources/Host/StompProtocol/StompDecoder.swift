/// Reads frames out of bytes that come in pieces, and keeps no more of them than the limits allow.
package struct StompDecoder: Sendable {
    private enum Stage {
        case between
        /// In the command or the headers.
        case head
        /// In the body of a frame; nil when it ends with the first NUL.
        case body(StompFrame, left: Int?)
        /// In a body that is too long.
        case skipping(left: Int?)
        /// Before the NUL after a body that was counted.
        case end(StompFrame?)
    }

    /// What was agreed on; nil before `CONNECTED`, when headers have no escapes.
    package var version: StompVersion?
    private let limits: StompLimits
    private var stage = Stage.between
    private var head: [UInt8] = []
    private var lineStart = 0
    private var body: [UInt8] = []
    private var fault: StompFault?

    package init(version: StompVersion? = nil, limits: StompLimits = StompLimits()) {
        self.version = version
        self.limits = limits
    }

    /// Takes bytes up to the end of the next event out of a piece.
    /// - Returns: nil when all of the piece is taken and the next event needs more.
    /// - Throws: What is wrong; again with every later call.
    package mutating func next(from piece: inout ArraySlice<UInt8>) throws(StompFault) -> StompEvent? {
        if let fault { throw fault }
        do throws(StompFault) {
            while !piece.isEmpty {
                if let event = try step(&piece) { return event }
            }
            return nil
        } catch {
            fault = error
            head = []
            body = []
            throw error
        }
    }

    private mutating func step(_ piece: inout ArraySlice<UInt8>) throws(StompFault) -> StompEvent? {
        switch stage {
        case .between: return between(&piece)
        case .head: return try takeHead(&piece)
        case .body(let frame, let left): return takeBody(of: frame, left: left, &piece)
        case .skipping(let left):
            skip(left, &piece)
            return nil
        case .end(let frame):
            guard piece.popFirst() == 0 else { throw .length }
            stage = .between
            return frame.map(StompEvent.frame)
        }
    }

    private mutating func between(_ piece: inout ArraySlice<UInt8>) -> StompEvent? {
        switch piece.first {
        case UInt8(ascii: "\n"):
            piece.removeFirst()
            return .heartBeat
        // The line break of 1.2 may have two characters; the second is the heart-beat.
        case UInt8(ascii: "\r"):
            piece.removeFirst()
        default:
            stage = .head
        }
        return nil
    }
}

// MARK: - The head

extension StompDecoder {
    private mutating func takeHead(_ piece: inout ArraySlice<UInt8>) throws(StompFault) -> StompEvent? {
        while let byte = piece.popFirst() {
            guard byte != 0 else { throw lineStart == 0 ? .command : .header }
            guard head.count < limits.headBytes else { throw .headTooLong }
            head.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            let line = line(head[lineStart..<(head.count - 1)])
            lineStart = head.count
            if line.isEmpty { return try endHead() }
        }
        return nil
    }

    /// Without the carriage return that 1.2 allows at the end of a line.
    private func line(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        version != .v1_1 && bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    }

    private mutating func endHead() throws(StompFault) -> StompEvent? {
        let bytes = head
        head = []
        lineStart = 0
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        guard let first = lines.first.map(line), !first.isEmpty, first.allSatisfy({ (0x41...0x5A).contains($0) }),
            let command = String(validating: first, as: UTF8.self)
        else { throw .command }
        let fields = lines.dropFirst().map(line).filter { !$0.isEmpty }
        guard fields.count <= limits.headers else { throw .tooManyHeaders }
        var frame = StompFrame(command)
        // These two are written without escapes (STOMP 1.2, "Value Encoding"); brokers do not escape errors either
        // when they end a connection before a version is agreed on.
        let version = command == "CONNECTED" || command == "CONNECT" ? nil : version
        for field in fields {
            guard let colon = field.firstIndex(of: UInt8(ascii: ":")), colon > field.startIndex else { throw .header }
            frame.headers.append(
                StompHeader(
                    try StompEscapes.unescaped(field[..<colon], as: version),
                    try StompEscapes.unescaped(field[(colon + 1)...], as: version)
                )
            )
        }
        return try begin(frame)
    }

    private mutating func begin(_ frame: StompFrame) throws(StompFault) -> StompEvent? {
        guard let text = frame["content-length"] else {
            stage = .body(frame, left: nil)
            return nil
        }
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(text)
        else { throw .length }
        if length > limits.bodyBytes {
            stage = .skipping(left: length)
            return .oversized(frame)
        }
        stage = length == 0 ? .end(frame) : .body(frame, left: length)
        return nil
    }
}

// MARK: - The body

extension StompDecoder {
    private mutating func takeBody(
        of frame: StompFrame,
        left: Int?,
        _ piece: inout ArraySlice<UInt8>
    ) -> StompEvent? {
        if let left {
            let taken = piece.prefix(left)
            body += taken
            piece = piece.dropFirst(taken.count)
            stage = taken.count == left ? .end(whole(frame)) : .body(frame, left: left - taken.count)
            return nil
        }
        let taken = piece.prefix { $0 != 0 }
        guard body.count + taken.count <= limits.bodyBytes else {
            body = []
            stage = .skipping(left: nil)
            return .oversized(frame)
        }
        body += taken
        piece = piece.dropFirst(taken.count)
        guard piece.popFirst() != nil else { return nil }
        stage = .between
        return .frame(whole(frame))
    }

    private mutating func whole(_ frame: StompFrame) -> StompFrame {
        defer { body = [] }
        return StompFrame(frame.command, frame.headers, body: body)
    }

    private mutating func skip(_ left: Int?, _ piece: inout ArraySlice<UInt8>) {
        guard let left else {
            piece = piece.drop { $0 != 0 }
            if piece.popFirst() != nil { stage = .between }
            return
        }
        let taken = min(left, piece.count)
        piece = piece.dropFirst(taken)
        stage = taken == left ? .end(nil) : .skipping(left: left - taken)
    }
}
