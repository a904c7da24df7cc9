import GatewayCore
import Logging
import PluginRuntime
import Synchronization

/// What follows from the end of a worker.
extension WorkerSupervisor {
    private static let sparePause = Duration.seconds(10)

    /// Takes care of a plugin's workers until the task is cancelled.
    static func supervise(_ events: AsyncStream<Event>, _ supervisor: @escaping @Sendable () -> WorkerSupervisor?) async
    {
        await withDiscardingTaskGroup { group in
            for await event in events {
                guard let supervisor = supervisor() else { break }
                switch event {
                case .ended(let link, let end):
                    await supervisor.replace(link, end)
                    group.addTask {
                        await supervisor.tell(link, end)
                        // What ended a spare may end the next one: not at once.
                        try? await Task.sleep(for: sparePause, clock: .suspending)
                        await supervisor.fillSpare()
                    }
                case .mustRenew(let link): await supervisor.renew(link)
                case .drain(let former): group.addTask { await supervisor.drain(former) }
                case .fillSpare: group.addTask { await supervisor.fillSpare() }
                }
            }
            group.cancelAll()
        }
    }

    /// Starts another worker in the place of one that is gone, as often as it takes.
    private func replace(_ link: WorkerLink, _ end: WorkerEnd) async {
        while !Task.isCancelled {
            guard case .restarting = state.withLock({ $0.phase }) else { return }
            guard await pause() else { return }
            guard let plan = state.withLock({ $0.plan }) else { return }
            do {
                let serving = try await start(try await ready(plan), plan)
                let isSuperfluous = state.withLock { state in
                    guard case .restarting = state.phase else { return true }
                    state.restarts += 1
                    return Self.install(serving, in: &state) != nil
                }
                if isSuperfluous { serving.link.finish(.stopped) }
                if let end = serving.link.end, end != .stopped {
                    // It ended before it was in its place, and so was not missed.
                    ended(serving.link, end)
                    continue
                }
                report.yield(.fillSpare)
                return
            } catch let error as PluginLoadFailure {
                logger.error("A worker was not started again: \(error.reason)")
            } catch {
                logger.error("A worker was not started again: \(error)")
            }
        }
    }

    /// The spare, or a new process.
    private func ready(_ plan: WorkerPlan) async throws(PluginLoadFailure) -> WorkerWorkshop.Ready {
        let spare = state.withLock { state in
            defer { state.spare = nil }
            return state.spare
        }
        if let spare, spare.link.end == nil { return spare }
        return try await raiseChecked(plan)
    }

    /// A new process, which must have loaded the plugin that was verified.
    private func raiseChecked(_ plan: WorkerPlan) async throws(PluginLoadFailure) -> WorkerWorkshop.Ready {
        let ready = try await raise(plan.image, memoryMebibytes: plan.execution.memoryMebibytes)
        guard ready.manifest == plan.manifest else {
            ready.link.finish(.stopped)
            throw PluginLoadFailure(.manifest, "The library returns another manifest each time it is loaded.")
        }
        return ready
    }

    /// Counts a crash and waits before the next start, the longer the more there were.
    /// - Returns: false when the plugin is stopped meanwhile.
    private func pause() async -> Bool {
        let settings = workshop.settings
        let now = MonotonicTime.now()
        let count = state.withLock { state in
            state.crashes.removeAll { $0 < now - settings.crashWindow.wholeNanoseconds }
            state.crashes.append(now)
            return state.crashes.count
        }
        let rests = count >= settings.crashes
        let pause = rests ? settings.rest : settings.pauses[min(count, settings.pauses.count) - 1]
        guard pause > .zero else { return true }
        if rests {
            logger.error(
                "The plugin rests: its worker crashed too often",
                metadata: ["crashes": "\(count)", "for": "\(pause)"]
            )
        }
        state.withLock { state in
            guard case .restarting(let eventually) = state.phase else { return }
            eventually.settle(nil)
            state.phase = .resting
        }
        guard (try? await Task.sleep(for: pause, clock: .suspending)) != nil else { return false }
        return state.withLock { state in
            if rests { state.crashes = [] }
            guard case .resting = state.phase else { return false }
            state.phase = .restarting(Eventually())
            return true
        }
    }

    /// Puts another worker in the place of one that still serves but keeps calls.
    private func renew(_ link: WorkerLink) async {
        guard case .serving(let serving) = state.withLock({ $0.phase }), serving.link === link,
            let plan = state.withLock({ $0.plan })
        else { return }
        do {
            let other = try await start(try await ready(plan), plan)
            let former = state.withLock { state -> Serving? in
                guard case .serving(let present) = state.phase, present.link === link else { return other }
                state.restarts += 1
                return Self.install(other, in: &state)
            }
            logger.warning("A worker kept a cancelled call and is replaced")
            if let former { report.yield(.drain(former)) }
            report.yield(.fillSpare)
        } catch let error as PluginLoadFailure {
            logger.error("A worker that keeps calls was not replaced: \(error.reason)")
        } catch {
            logger.error("A worker that keeps calls was not replaced: \(error)")
        }
    }

    /// Lets the calls of a worker that serves no longer end, then ends it.
    private func drain(_ former: Serving) async {
        await waitForCalls(of: former)
        await former.instance.stop(within: limits.loaderTime)
        former.link.finish(.stopped)
    }

    /// Waits until no call is open, at most as long as calls may go on.
    func waitForCalls(of former: Serving) async {
        let deadline = Deadline.after(workshop.settings.drain)
        // Only by cancellation, when the gateway stops, does a pause end early.
        while former.instance.isCalled, !deadline.hasPassed, former.link.end == nil,
            (try? await Task.sleep(for: .milliseconds(10), clock: .suspending)) != nil
        {}
    }

    /// Has a process wait that has loaded the plugin.
    private func fillSpare() async {
        guard workshop.settings.keepsSpare, let plan = state.withLock({ $0.spare == nil ? $0.plan : nil }),
            let ready = try? await raiseChecked(plan)
        else { return }
        let isWanted = state.withLock { state in
            guard case .serving = state.phase, state.spare == nil, state.plan?.image === plan.image,
                ready.link.end == nil
            else { return false }
            state.spare = ready
            return true
        }
        if !isWanted { ready.link.finish(.stopped) }
    }

    /// Tells the operator why a worker is gone.
    private func tell(_ link: WorkerLink, _ end: WorkerEnd) async {
        let exit = await link.exit.value(within: .seconds(10)) ?? "not known"
        logger.error(
            "A worker \(end)",
            metadata: ["pid": "\(link.process.pid)", "exit": "\(exit)"]
        )
    }
}
