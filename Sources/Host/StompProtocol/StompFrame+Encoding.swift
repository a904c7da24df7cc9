extension StompFrame {
    /// The bytes of the frame.
    ///
    /// A body with a NUL in it is counted in `content-length`, any other only when that is asked for: ActiveMQ takes a
    /// counted body for bytes and an uncounted one for text, and so do the programs that read it.
    /// - Parameters:
    ///   - version: What was agreed on; nil for `CONNECT`, whose headers have no escapes.
    ///   - countsBody: Whether `content-length` is given in any case.
    /// - Returns: Everything from the command to the NUL at the end.
    /// - Throws: `StompEncodingFault` for what the version cannot express.
    package func encoded(
        as version: StompVersion?,
        countsBody: Bool = false
    ) throws(StompEncodingFault) -> [UInt8] {
        guard !command.isEmpty, command.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { throw .command }
        var bytes = Array(command.utf8)
        bytes.append(UInt8(ascii: "\n"))
        for header in headers where header.name != "content-length" {
            guard !header.name.isEmpty, let name = StompEscapes.escaped(header.name, as: version, isName: true),
                let value = StompEscapes.escaped(header.value, as: version, isName: false)
            else { throw .header(header.name) }
            bytes += name
            bytes.append(UInt8(ascii: ":"))
            bytes += value
            bytes.append(UInt8(ascii: "\n"))
        }
        if countsBody || body.contains(0) { bytes += Array("content-length:\(body.count)\n".utf8) }
        bytes.append(UInt8(ascii: "\n"))
        bytes += body
        bytes.append(0)
        return bytes
    }
}
