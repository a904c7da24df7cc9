import PluginHosting
import ServiceLifecycle

/// Asks every plugin now and then how it is.
struct HealthUpkeep: Service {
    let shelf: PluginShelf
    /// Between two rounds.
    let interval: Duration
    /// How long a plugin may take to answer.
    let limit: Duration

    func run() async throws {
        while (try? await Task.sleep(for: interval, clock: .suspending)) != nil {
            await withDiscardingTaskGroup { group in
                for plugin in shelf.plugins {
                    group.addTask { await plugin.provider.askHealth(within: limit) }
                }
            }
        }
    }
}
