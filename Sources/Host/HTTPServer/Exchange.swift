/// What the answer to a request must know about the request.
struct Exchange: Hashable {
    /// The request was `HEAD`: headers as if for `GET`, no content.
    var omitsContent = false
    /// The request was of HTTP/1.1, so the answer may be chunked; else it ends with the connection.
    var allowsChunks = true
    /// The client wants to send another request after this one.
    var keepsAlive = true
}
