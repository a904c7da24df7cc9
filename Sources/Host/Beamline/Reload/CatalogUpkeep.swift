import ServiceLifecycle

/// Keeps the catalog at what the plugins offer while they run.
struct CatalogUpkeep: Service {
    /// How long a plugin that changes its lists all the time waits for the next look, as do all others.
    private static let pause = Duration.milliseconds(100)

    let changes: ListChanges
    let shelf: PluginShelf

    func run() async throws {
        for await _ in changes.signals.cancelOnGracefulShutdown() {
            for namespace in changes.take() { await shelf.refresh(namespace) }
            guard (try? await Task.sleep(for: Self.pause, clock: .suspending)) != nil else { return }
        }
    }
}
