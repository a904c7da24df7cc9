import GatewayCore
import JSON

/// Resources and prompts of one experiment, answered by their names.
struct ItemsInMemory: ItemProvider {
    static let descriptions: [ItemDescription] = [
        item(.resource, "note:static", [("name", "static"), ("title", "A note"), ("mimeType", "text/plain")]),
        item(.resource, "note:secret", [("name", "secret")]),
        item(.resource, "note:broken", [("name", "broken")]),
        item(.resource, "note:busy", [("name", "busy")]),
        item(.template, "job://{id}/log", [("name", "log"), ("description", "The log of a job.")]),
        item(.prompt, "scoped", []),
        ItemDescription(
            kind: .prompt,
            localName: "why",
            members: [
                .init(name: "title", value: "Why?"),
                .init(name: "arguments", value: [["name": "job", "required": true], ["name": "tone"]]),
            ],
            arguments: [.init(name: "job", isRequired: true), .init(name: "tone", isRequired: false)]
        ),
    ]

    private static func item(
        _ kind: ItemDescription.Kind,
        _ name: String,
        _ members: [(String, JSONValue)]
    ) -> ItemDescription {
        ItemDescription(
            kind: kind,
            localName: name,
            members: members.map { JSONObject.Member(name: $0.0, value: $0.1) }
        )
    }

    func answer(_ request: ItemRequest) async -> ItemReply {
        let body = String(decoding: request.body, as: UTF8.self)
        switch (request.question, request.name) {
        case (.read, "note:static"):
            return Self.result(#"{"contents":[{"uri":"note:static","mimeType":"text/plain","text":"words"}]}"#)
        case (.read, "note:broken"): return Self.result(#"{"contents":[]}"#)
        case (.read, "note:busy"):
            return .failure(GatewayError(.unavailable, "Busy.", hint: "Wait.", retryAfterMilliseconds: 1500))
        case (.read, "job://gone/log"): return .failure(GatewayError(.notFound, "No job."))
        case (.read, _):
            let told = JSONValue.string(body).serialized
            return Self.result(
                #"{"contents":[{"uri":"\#(request.name)","text":\#(String(decoding: told, as: UTF8.self))}]}"#
            )
        case (.prompt, _):
            let link = #"{"type":"resource_link","name":"log","uri":"job://1/log"}"#
            let text = #"{"type":"text","text":"Why?"}"#
            return Self.result(
                #"{"description":"Asks.","messages":[{"role":"user","content":\#(text)},"#
                    + #"{"role":"assistant","content":\#(link)}]}"#
            )
        case (.complete, _):
            guard body.contains(#""name":"tone""#) else { return .failure(GatewayError(.notFound, "None.")) }
            return Self.result(#"{"values":["kind","keen"],"total":2}"#)
        }
    }

    private static func result(_ text: String) -> ItemReply {
        .result(structured: Array(text.utf8), meta: [])
    }
}
