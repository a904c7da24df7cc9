import JSON
import PluginKit

/// Writes times as the testbed monitor's server does.
enum MonitorTimes {
    /// The document with each text that is one of our times in the other form.
    ///
    /// Times of the testbed's database have an offset there, those of PanDA's have none.
    static func rewritten(_ value: JSONValue, isZoned: Bool) -> JSONValue {
        switch value {
        case .string(let text): .string(isTime(text) ? text.dropLast() + (isZoned ? "+00:00" : "") : text)
        case .array(let elements): .array(elements.map { rewritten($0, isZoned: isZoned) })
        case .object(let object):
            .object(
                JSONObject(
                    members: object.members.map {
                        .init(name: $0.name, value: rewritten($0.value, isZoned: isZoned))
                    }
                )
            )
        default: value
        }
    }

    /// Whether the text is a time as we write it.
    private static func isTime(_ text: String) -> Bool {
        text.utf8.count >= 20 && text.hasSuffix("Z") && Timestamp(text)?.description == text
    }
}
