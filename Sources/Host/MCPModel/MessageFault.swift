/// Why a value is not a message, with its id where that could be read.
package struct MessageFault: Error, Sendable {
    package let id: RequestIdentifier?
    package let error: ProtocolError

    package init(id: RequestIdentifier?, error: ProtocolError) {
        self.id = id
        self.error = error
    }
}
