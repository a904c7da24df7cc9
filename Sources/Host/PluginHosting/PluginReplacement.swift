import PluginRuntime

/// A worker that has started beside the one that serves, and takes its place with `commit` or ends with `discard`.
package struct PluginReplacement: Sendable {
    /// The plugin as it will be.
    package let plugin: LoadedPlugin
    let supervisor: WorkerSupervisor
    let serving: WorkerSupervisor.Serving
    let plan: WorkerPlan

    /// Calls go to the new worker from now on; those of the former one end, then it does.
    package func commit() {
        supervisor.serve(with: serving, plan)
        plugin.provider.provides(plugin.manifest.provides)
    }

    package func discard() async {
        await serving.instance.stop(within: supervisor.limits.loaderTime)
        serving.link.finish(.stopped)
    }
}
