import Glibc
package import PluginRuntime
package import PluginWire

/// Starts workers: what all of a gateway share.
package final class WorkerWorkshop: Sendable {
    package let settings: WorkerSettings
    let poller: WorkerPoller
    /// Starts processes.
    ///
    /// It lives as long as they do: the end of the thread that started a
    /// worker ends the worker.
    let starter: DedicatedThreads
    /// Waits for the ends of processes.
    let reaper: DedicatedThreads

    /// Throws `PluginLoadError.noThread` when the system refuses to start a thread.
    package init(_ settings: WorkerSettings) throws(PluginLoadError) {
        self.settings = settings
        poller = try WorkerPoller()
        starter = try DedicatedThreads(count: 1, name: "plugin-start")
        reaper = try DedicatedThreads(count: 1, name: "plugin-reap")
    }

    /// Ends the thread that listens; no worker may be left.
    package func end() { poller.end() }

    /// A worker that is walled in and has loaded a library, which runs nothing yet but its constructors.
    package struct Ready: Sendable {
        package let link: WorkerLink
        /// The walls it says are in force.
        package let layers: SandboxLayers
        /// The manifest as the binary returns it.
        package let manifest: [UInt8]
    }

    /// Private memory besides what the manifest allows: stacks, the runtime's own, and room to be noticed in, in bytes.
    private static let memoryReserve = 512 << 20
    /// The largest request and the largest reply of a source, in bytes.
    private static let requestBytes = 1 << 30

    /// Starts a worker and waits until it has loaded the library; throws `PluginLoadFailure`.
    ///
    /// `ended` is called once, when the worker is gone, on any thread.
    package func start(
        image: WorkerImage,
        label: String,
        memoryMebibytes: Int,
        limits: PluginLimits,
        observer: any PluginObserver,
        ended: @escaping @Sendable (WorkerLink, WorkerEnd) -> Void = { _, _ in }
    ) async throws(PluginLoadFailure) -> Ready {
        let memory = memoryMebibytes << 20
        let order = WorkerOrder(
            label: label,
            required: settings.required.union(.always).rawValue,
            dataBytes: UInt64(memory + Self.memoryReserve),
            parent: getpid(),
            loaderTime: limits.loaderTime,
            frames: FrameLimits(resultBytes: limits.resultBytes, requestBytes: Self.requestBytes)
        )
        let link: WorkerLink
        do {
            link = WorkerLink(
                try await spawn(order, image),
                order,
                memoryBytes: memory,
                limits: limits,
                observer: observer,
                workshop: self
            )
        } catch {
            throw PluginLoadFailure(.isolation, error.reason)
        }
        link.begin { [weak link] end in
            if let link { ended(link, end) }
        }
        switch await link.greet() {
        case .failed(let reason): throw PluginLoadFailure(.library, reason)
        case .hello(let layers, let manifest): return Ready(link: link, layers: layers, manifest: manifest)
        }
    }

    private func spawn(_ order: WorkerOrder, _ image: WorkerImage) async throws(WorkerProcess.Failure) -> WorkerProcess
    {
        let program = settings.program
        let words = ["plugin-worker"] + order.arguments
        let result = await starter.result(within: .seconds(10)) { () -> Result<WorkerProcess, WorkerProcess.Failure> in
            do throws(WorkerProcess.Failure) {
                return .success(try WorkerProcess.start(program, words, image: image.descriptor))
            } catch {
                return .failure(error)
            }
        } late: { result in
            if case .success(let process) = result {
                _ = process.reap()
                close(process.channel)
                close(process.errors)
            }
        }
        guard let result else { throw WorkerProcess.Failure(reason: "The system takes too long to start a process.") }
        return try result.get()
    }
}
