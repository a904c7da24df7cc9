import GatewayCore
import Policy

/// Two namespaces with a rule of every sort.
enum PolicySample {
    static let now: Int64 = 1_800_000_000

    static let epic = AuthDeclaration(
        roles: ["user": "member", "operator": "runs the testbed"],
        scopes: ["read": "read", "write": "start and stop", "admin": "all"],
        implies: ["admin": ["write"], "write": ["read"]],
        rules: [
            AuthRule(match: "*", call: AuthNeed(anyRole: ["user", "operator"], scopes: ["read"])),
            AuthRule(match: "swf_*", call: AuthNeed(anyRole: ["operator"], scopes: ["write"])),
            AuthRule(match: "swf_list_*", call: AuthNeed(anyRole: ["user"], scopes: ["read"])),
            AuthRule(
                match: "swf_start",
                see: AuthNeed(anyRole: ["user", "operator"]),
                call: AuthNeed(anyRole: ["operator"], scopes: ["write", "read"], maximumAuthenticationAge: 3600)
            ),
            AuthRule(match: "about", isPublic: true),
            AuthRule(match: "help", call: AuthNeed(anyRole: ["user"]), isPublic: true),
            AuthRule(match: "log*", kind: .resource, call: AuthNeed(allRoles: ["user", "operator"])),
            AuthRule(match: "both", call: AuthNeed(anyRole: ["user"])),
            AuthRule(match: "both", kind: .prompt, call: AuthNeed(anyRole: ["operator"])),
            AuthRule(match: "*_any", see: AuthNeed(), call: AuthNeed(anyRole: ["operator"])),
            AuthRule(match: "x*y*z", call: AuthNeed()),
        ]
    )

    static let atlas = AuthDeclaration(
        roles: ["user": "member"],
        scopes: ["read": "read", "write": "write"],
        implies: ["read": ["write"], "write": ["read"]],
        rules: [
            AuthRule(match: "job", call: AuthNeed(anyRole: ["user"], scopes: ["read"])),
            AuthRule(match: "kill_*", call: AuthNeed(anyRole: ["user"], scopes: ["write"]), needsConsent: true),
        ]
    )

    static func evaluator(forbidsPublic: Bool = false) throws -> PolicyEvaluator {
        try PolicyEvaluator(
            ["epic": epic, "atlas": atlas],
            options: PolicyOptions(forbidsPublic: forbidsPublic),
            clock: FixedClock(now: now)
        )
    }

    /// A caller, in words such as `epic.user epic:read`.
    static func principal(_ words: String, age: Int64? = 60) -> Principal {
        let words = words.split(separator: " ").map(String.init)
        return Principal(
            issuer: "https://issuer.example",
            subject: "someone",
            roles: Set(words.filter { $0.contains(".") }),
            scopes: Set(words.filter { $0.contains(":") }),
            authenticatedAt: age.map { now - $0 }
        )
    }

    /// An item, in words such as `epic/about`, a tool unless said otherwise.
    static func item(_ name: String, _ kind: ItemReference.Kind = .tool) -> ItemReference {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        return ItemReference(kind: kind, namespace: parts[0], localName: parts[1])
    }
}
