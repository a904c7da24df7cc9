import GatewayCore
import JSON

extension ToolDescription {
    static let verifyProvenance = ToolDescription(
        localName: "verify_provenance",
        title: "Verify a result",
        description: """
            Tells which of your own calls a result came from, by the id in its _meta["\(ProvenanceID.metaKey)"], and \
            whether a value stands in it: to check a statement against the result it cites.
            """,
        inputSchema: [
            "type": "object",
            "properties": [
                "id": ["type": "string", "pattern": "^[0-9a-f]{32}$"],
                "sha256": [
                    "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the result's JSON text.",
                ],
                "value": [
                    "type": ["string", "number", "boolean"], "description": "A whole value, such as an id or a time.",
                ],
            ],
            "required": ["id"],
        ],
        outputSchema: [
            "type": "object",
            "properties": [
                "tool": ["type": "string"], "answered_at": ["type": "string"], "result_sha256": ["type": "string"],
                "sha256_matches": ["type": "boolean"], "value_occurs": ["enum": ["yes", "no", "unknown"]],
            ],
            "required": ["tool", "answered_at", "result_sha256"],
        ],
        annotations: readOnly
    )
}
