package import GatewayCore
import JSON

/// What is sent on streams that only tell of changes.
extension MessageEncoder {
    /// Which of the things asked for a stream will tell of: its first message.
    package func acknowledgement(
        of lists: Set<ListKind>,
        resources: [String],
        to id: RequestIdentifier
    ) -> [UInt8] {
        Self.notification("notifications/subscriptions/acknowledged") { writer in
            writer.name("notifications")
            writer.beginObject()
            for kind in ListKind.allCases where lists.contains(kind) {
                writer.name(kind.filterMember)
                writer.write(true)
            }
            if !resources.isEmpty {
                writer.name("resourceSubscriptions")
                writer.beginArray()
                for uri in resources { writer.write(uri) }
                writer.endArray()
            }
            writer.endObject()
            Self.writeTag(id, to: &writer)
        }
    }

    /// A change; with the id of the stream's request where the revision wants it.
    package func notification(of change: ChangeNotification, tag id: RequestIdentifier?) -> [UInt8] {
        switch change {
        case .list(let kind):
            Self.notification("notifications/\(kind.rawValue)/list_changed") { writer in
                if let id { Self.writeTag(id, to: &writer) }
            }
        case .resource(let uri):
            Self.notification("notifications/resources/updated") { writer in
                writer.name("uri")
                writer.write(uri)
                if let id { Self.writeTag(id, to: &writer) }
            }
        }
    }

    /// The end of a stream that the server closes.
    package func end(ofStream id: RequestIdentifier) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        Self.beginEnvelope(id, &writer)
        writer.name("result")
        writer.beginObject()
        writer.name("resultType")
        writer.write("complete")
        Self.writeTag(id, to: &writer)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func writeTag(_ id: RequestIdentifier, to writer: inout JSONWriter) {
        writer.name("_meta")
        writer.beginObject()
        writer.name(MetaKey.subscriptionID)
        writer.writeRaw(id.bytes)
        writer.endObject()
    }
}
