/// What operators did, for every gateway to note.
extension StateMigrations {
    static let acts = [
        """
        CREATE TABLE operator_acts (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, details TEXT NOT NULL, performed_at BIGINT NOT NULL
        )
        """
    ]
}
