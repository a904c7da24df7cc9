import GatewayCore
import NIOCore
import NIOHTTP1

/// Writes answers in the message format of HTTP/1.1 (RFC 9112).
///
/// The answers must be sendable.
struct ResponseEncoder {
    let exchange: Exchange
    /// Whether the connection ends with this answer.
    let closes: Bool

    /// Room for the status line and a few fields.
    private static let usualHeadBytes = 320

    /// An answer whose content is known, in one buffer.
    func complete(_ response: HTTPResponse, allocator: ByteBufferAllocator) -> ByteBuffer {
        var content: [UInt8] = []
        if case .bytes(let bytes) = response.body { content = bytes }
        let sendsContent = response.mayHaveContent && !exchange.omitsContent
        var buffer = allocator.buffer(capacity: Self.usualHeadBytes + (sendsContent ? content.count : 0))
        writeHead(response, into: &buffer)
        if response.mayHaveContent {
            buffer.writeStaticString("Content-Length: ")
            buffer.writeString(String(content.count))
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("\r\n")
        if sendsContent { buffer.writeBytes(content) }
        return buffer
    }

    /// The head of a streamed answer.
    func streamHead(_ response: HTTPResponse, allocator: ByteBufferAllocator) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: Self.usualHeadBytes)
        writeHead(response, into: &buffer)
        if response.mayHaveContent && exchange.allowsChunks {
            buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
        }
        buffer.writeStaticString("\r\n")
        return buffer
    }

    /// A piece of a streamed answer, which must not be empty.
    func chunk(_ bytes: [UInt8], allocator: ByteBufferAllocator) -> ByteBuffer {
        guard exchange.allowsChunks else { return allocator.buffer(bytes: bytes) }
        var buffer = allocator.buffer(capacity: bytes.count + 24)
        buffer.writeString(String(bytes.count, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(bytes)
        buffer.writeStaticString("\r\n")
        return buffer
    }

    /// The end of a streamed answer; nil when closing the connection is the end.
    func streamEnd(allocator: ByteBufferAllocator) -> ByteBuffer? {
        guard exchange.allowsChunks else { return nil }
        return allocator.buffer(staticString: "0\r\n\r\n")
    }

    private func writeHead(_ response: HTTPResponse, into buffer: inout ByteBuffer) {
        switch response.status {
        case 200:
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
        case 202:
            buffer.writeStaticString("HTTP/1.1 202 Accepted\r\n")
        case let status:
            buffer.writeStaticString("HTTP/1.1 ")
            buffer.writeString(String(status))
            buffer.writeStaticString(" ")
            buffer.writeString(HTTPResponseStatus(statusCode: status).reasonPhrase)
            buffer.writeStaticString("\r\n")
        }
        for field in response.headers where !field.isFraming {
            buffer.writeString(field.name)
            buffer.writeStaticString(": ")
            buffer.writeString(field.value)
            buffer.writeStaticString("\r\n")
        }
        if closes { buffer.writeStaticString("Connection: close\r\n") }
    }
}

extension HTTPField {
    /// Whether the listener alone decides about this field.
    fileprivate var isFraming: Bool {
        switch name.utf8.count {
        case 10: name.equalsIgnoringASCIICase("connection") || name.equalsIgnoringASCIICase("keep-alive")
        case 14: name.equalsIgnoringASCIICase("content-length")
        case 17: name.equalsIgnoringASCIICase("transfer-encoding")
        default: false
        }
    }
}
