internal import NIOCore
internal import NIOHTTP1

/// Reads a request to its end and answers with as many bytes as its path says.
final class FixedAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The most bytes one answer has; a larger number in a path counts as this.
    private static let largestAnswer = 16_777_216

    private var path = ""
    private var answer = ByteBuffer()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): prepare(for: head.uri)
        case .body: break
        case .end: respond(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func prepare(for uri: String) {
        guard uri != path else { return }
        path = uri
        let size = Int(uri.dropFirst()) ?? 0
        answer = ByteBuffer(repeating: UInt8(ascii: "x"), count: min(max(size, 0), Self.largestAnswer))
    }

    private func respond(_ context: ChannelHandlerContext) {
        let headers: HTTPHeaders = [
            "Content-Type": "application/json", "Content-Length": String(answer.readableBytes),
        ]
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
