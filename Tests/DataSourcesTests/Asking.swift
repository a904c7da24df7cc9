import DataSources
import GatewayCore

extension DataSource {
    /// How one statement fails; nil when it is answered.
    func failure(
        _ statement: String = "SELECT 1",
        for namespace: String = "epic",
        by deadline: Deadline = .after(.seconds(600))
    ) async -> SourceError? {
        let query = SQLQuery(
            statement: statement,
            maximumRows: 1,
            maximumBytes: 1,
            deadline: deadline,
            namespace: namespace
        )
        do throws(SourceError) {
            _ = try await self.query(query)
            return nil
        } catch {
            return error
        }
    }
}
