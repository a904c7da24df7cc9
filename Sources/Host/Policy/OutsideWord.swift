/// How a namespace's local roles and scopes are called outside: `epic.user`, `epic:read`.
enum OutsideWord {
    static func role(_ local: String, in namespace: String) -> String {
        namespace + "." + local
    }

    static func scope(_ local: String, in namespace: String) -> String {
        namespace + ":" + local
    }
}
