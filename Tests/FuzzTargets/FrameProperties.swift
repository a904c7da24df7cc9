import StompProtocol

/// Frames of a broker are read alike in whatever pieces they come, within the limits, and can be written again.
enum FrameProperties {
    private static let limits = StompLimits(headBytes: 256, headers: 8, bodyBytes: 64)

    /// The first byte says which version is spoken.
    static func fault(in bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let version: StompVersion? = [nil, .v1_1, .v1_2][Int(first % 3)]
        let input = bytes.dropFirst()
        let whole = read([input], version)
        guard whole == read(input.map { [$0][...] }, version) else { return "what is read depends on the pieces" }
        for event in whole.events {
            guard case .frame(let frame) = event else { continue }
            if let fault = fault(in: frame, version) { return fault }
        }
        return nil
    }

    private static func read(
        _ pieces: [ArraySlice<UInt8>],
        _ version: StompVersion?
    ) -> (events: [StompEvent], fault: StompFault?) {
        var decoder = StompDecoder(version: version, limits: limits)
        var events: [StompEvent] = []
        for var piece in pieces {
            do throws(StompFault) {
                while let event = try decoder.next(from: &piece) { events.append(event) }
            } catch {
                return (events, error)
            }
        }
        return (events, nil)
    }

    private static func fault(in frame: StompFrame, _ version: StompVersion?) -> String? {
        guard frame.headers.count <= limits.headers, frame.body.count <= limits.bodyBytes else {
            return "a limit is passed"
        }
        let version = frame.command == "CONNECT" || frame.command == "CONNECTED" ? nil : version
        guard let written = try? frame.encoded(as: version) else {
            let hasReturn = frame.headers.contains { ($0.name + $0.value).utf8.contains(UInt8(ascii: "\r")) }
            return hasReturn && version != .v1_2 ? nil : "a frame that was read cannot be written"
        }
        var piece = written[...]
        var decoder = StompDecoder(version: version)
        guard case .frame(var again)? = try? decoder.next(from: &piece), piece.isEmpty else {
            return "a frame that was written cannot be read"
        }
        var expected = frame
        expected.headers.removeAll { $0.name == "content-length" }
        again.headers.removeAll { $0.name == "content-length" }
        return again == expected ? nil : "a frame changes when it is written"
    }
}

private func == (
    left: (events: [StompEvent], fault: StompFault?),
    right: (events: [StompEvent], fault: StompFault?)
) -> Bool {
    left.events == right.events && left.fault == right.fault
}
