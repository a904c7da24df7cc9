import GatewayCore
import JSON

/// What a plugin may pass to `complete`.
enum ResultRules {
    /// The flag of a tool that failed in its own words.
    private static let isError: UInt32 = 1
    /// More than this the gateway answers with `too_large`.
    private static let mostBytes = 16 << 20

    /// What is wrong with the answer of a tool.
    static func findings(_ result: ProbeResult, of tool: ToolDescription, _ place: String) -> [Finding] {
        guard result.isCompleted else { return refusal(result, place) }
        guard let status = result.status else { return [unknownStatus(result.number, place)] }
        let bytes = result.structured.count + result.content.count + result.meta.count
        guard bytes <= mostBytes else {
            return [
                Finding(
                    place,
                    "The result has \(bytes) bytes; the gateway passes on \(mostBytes) at most.",
                    remedy: "Cut at a record, near budget_bytes of the context, and say truncated with a cursor."
                )
            ]
        }
        switch status {
        case .ok: return success(result, of: tool, place)
        case .inputRequired: return question(result, place)
        default: return failure(result, status, place)
        }
    }

    /// The most values of a completion that are passed on.
    private static let mostValues = 100

    /// What is wrong with the answer of RESOURCE_READ, PROMPT_GET or COMPLETION.
    static func itemFindings(_ result: ProbeResult, _ request: ProbeRequest, _ place: String) -> [Finding] {
        guard result.isCompleted else { return refusal(result, place) }
        guard let status = result.status else { return [unknownStatus(result.number, place)] }
        guard status == .ok else { return status == .inputRequired ? [] : failure(result, status, place) }
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: result.structured).root
        } catch {
            return [malformed("structured", "\(error)", place)]
        }
        switch request.method {
        case Method.promptGet: return list("messages", of: root, place) { _ in true }
        case Method.completion:
            let findings = list("values", of: root, place) { $0.string != nil }
            guard findings.isEmpty, root["values"].map({ Array($0.elements).count > mostValues }) == true else {
                return findings
            }
            return [
                .warning(
                    place,
                    "The answer has more than \(mostValues) values; clients get the first of them.",
                    remedy: "Give the \(mostValues) best, and say \"total\" and \"has_more\"."
                )
            ]
        default:
            return list("contents", of: root, place) { part in
                part["uri"]?.string != nil && (part["text"]?.string != nil) != (part["blob"]?.string != nil)
            } + address(root, request.name, place)
        }
    }

    private static func list(
        _ member: String,
        of root: JSONNode,
        _ place: String,
        where isWhole: (JSONNode) -> Bool
    ) -> [Finding] {
        guard let list = root[member], list.kind == .array else {
            return [Finding(place, "The answer has no array \"\(member)\".", remedy: "Answer {\"\(member)\":[…]}.")]
        }
        let isEmpty = !list.elements.contains { _ in true }
        guard list.elements.allSatisfy(isWhole), !isEmpty || member != "contents" else {
            return [
                Finding(
                    place,
                    "\"\(member)\" is empty, or a part of it is not what it must be.",
                    remedy: member == "contents"
                        ? "Give each part its \"uri\" and either \"text\" or \"blob\"; complete with BEAM_NOT_FOUND when there is nothing."
                        : "Answer with texts alone."
                )
            ]
        }
        return []
    }

    /// Addresses are local: the gateway puts the namespace before them.
    private static func address(_ root: JSONNode, _ asked: String, _ place: String) -> [Finding] {
        guard let contents = root["contents"], contents.kind == .array,
            contents.elements.contains(where: { _ in true }),
            !contents.elements.contains(where: { $0["uri"]?.string == asked })
        else { return [] }
        return [
            .warning(
                place,
                "No part of the answer has the address that was read.",
                remedy: "Answer with the local address as it was asked for; the gateway puts the namespace before it."
            )
        ]
    }

    private static func success(_ result: ProbeResult, of tool: ToolDescription, _ place: String) -> [Finding] {
        var findings: [Finding] = []
        if result.structured.isEmpty, result.content.isEmpty {
            findings.append(
                Finding(place, "The result is empty.", remedy: "Pass a JSON value as `structured`, or content blocks.")
            )
        }
        for (name, bytes, isFitting) in [
            ("structured", result.structured, { (_: JSONNode) in true }),
            ("content", result.content, { $0.kind == .array }), ("meta", result.meta, { $0.kind == .object }),
        ] where !bytes.isEmpty {
            do {
                let root = try JSONDocument(parsing: bytes).root
                if !isFitting(root) { findings.append(wrongKind(name, place)) }
            } catch {
                findings.append(malformed(name, "\(error)", place))
            }
        }
        guard findings.isEmpty, result.flags & isError == 0, let schema = tool.outputSchema else { return findings }
        guard let compiled = try? JSONSchema(compiling: schema) else { return [] }
        guard let document = try? JSONDocument(parsing: result.structured) else {
            return [
                Finding(
                    place,
                    "The tool has an output schema and the result has no structured value.",
                    remedy: "Pass the value the schema describes as `structured`."
                )
            ]
        }
        return compiled.violations(in: document.root, limit: 3).map { violation in
            Finding(
                place,
                "The result does not fit the output schema at \"\(violation.path)\": \(violation.message).",
                remedy: "Correct the result or the schema; clients refuse what does not fit."
            )
        }
    }

    private static func failure(_ result: ProbeResult, _ status: PluginStatus, _ place: String) -> [Finding] {
        guard status != .cancelled else { return [] }
        do {
            let value = try JSONValue(parsing: result.structured)
            if value["message"]?.string?.isEmpty == false { return [] }
        } catch  where !result.structured.isEmpty {
            return [malformed("structured", "\(error)", place)]
        } catch {}
        return [
            Finding.warning(
                place,
                "\(StatusWord.of(result.number)) comes without a message, so the caller reads a general sentence.",
                remedy: "Pass {\"message\":\"…\"} as `structured`: what is wrong, and with \"hint\" what to do."
            )
        ]
    }

    private static func question(_ result: ProbeResult, _ place: String) -> [Finding] {
        let value = try? JSONValue(parsing: result.structured)
        if value?["inputRequests"]?.object != nil || value?["consent"]?.object != nil { return [] }
        return [
            Finding(
                place,
                "BEAM_INPUT_REQUIRED comes without a question.",
                remedy: "Pass {\"inputRequests\":{…}} or {\"consent\":{\"action\",\"target\"}} as `structured`."
            )
        ]
    }

    private static func refusal(_ result: ProbeResult, _ place: String) -> [Finding] {
        result.status == nil ? [unknownStatus(result.number, place)] : []
    }

    private static func unknownStatus(_ number: Int32, _ place: String) -> Finding {
        // A later minor version may have added it; then it counts as internal here.
        .warning(
            place,
            "The status \(number) means nothing in this version, so callers read \"internal\".",
            remedy: "Use one of the BEAM_ constants of plugin_api.h."
        )
    }

    private static func malformed(_ name: String, _ why: String, _ place: String) -> Finding {
        Finding(
            place,
            "`\(name)` is not JSON: \(why)",
            remedy: "Escape texts, write numbers without a locale, and pass the length without the closing NUL."
        )
    }

    private static func wrongKind(_ name: String, _ place: String) -> Finding {
        Finding(
            place,
            "`\(name)` is not \(name == "content" ? "an array of content blocks" : "an object").",
            remedy: "Leave it {NULL, 0} when there is nothing to say."
        )
    }
}
