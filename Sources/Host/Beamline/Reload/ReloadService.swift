import PluginHosting
import ServiceLifecycle
import UnixSignals

/// Reloads the configuration at each SIGHUP.
struct ReloadService: Service {
    let hangups: UnixSignalsSequence
    let reload: Reload
    let loader: PluginLoader

    func run() async throws {
        await withDiscardingTaskGroup { group in
            var reload = reload
            for await _ in hangups.cancelOnGracefulShutdown() {
                let leftovers = await reload.perform()
                let (configuration, logger) = (reload.running, reload.logger)
                group.addTask { await FoundPlugins.report(configuration, logger: logger) }
                group.addTask { [loader] in
                    await loader.retire(leftovers.plugins)
                    await leftovers.sources?.close()
                }
            }
            // Running calls have ended or are about to be cancelled; nothing waits for them here.
            group.cancelAll()
        }
    }
}
