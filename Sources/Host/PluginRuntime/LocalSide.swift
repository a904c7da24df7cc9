import CPluginAPI
import GatewayCore
import Synchronization

/// An instance in this process: the functions of the C table.
final class LocalSide: PluginSide {
    /// The plugin's own pointer.
    // Opaque to the host and only ever given back to the plugin, whose contract names the threads.
    @safe struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let library: PluginLibrary
    private let handle: Handle
    private let isSerial: Bool
    /// Held around `submit` of a plugin that takes one call at a time.
    private let turn = Mutex(())

    init(_ library: PluginLibrary, _ handle: Handle, isSerial: Bool) {
        self.library = library
        self.handle = handle
        self.isSerial = isSerial
    }

    func submit(_ number: UInt64, _ request: PluginRequest, due: Int64) -> PluginStatus {
        isSerial ? turn.withLock { _ in call(number, request, due) } : call(number, request, due)
    }

    private func call(_ number: UInt64, _ request: PluginRequest, _ due: Int64) -> PluginStatus {
        unsafe withBorrowed(request.name) { name in
            unsafe withBorrowed(request.body) { body in
                unsafe withBorrowed(request.context[...]) { context in
                    var message = unsafe beam_request(
                        struct_size: UInt64(MemoryLayout<beam_request>.size),
                        call: number,
                        method: request.method.rawValue,
                        flags: 0,
                        name: name,
                        body: body,
                        context: context,
                        deadline_ns: due == MonotonicTime.never ? 0 : due
                    )
                    return PluginStatus(number: unsafe library.table.submit(handle.pointer, &message))
                }
            }
        }
    }

    func cancel(_ number: UInt64, _ why: PluginStatus) {
        unsafe library.table.cancel(handle.pointer, number, why.rawValue)
    }

    func destroy() async -> Bool {
        await library.loader.result(within: library.limits.loaderTime) { [library, handle] in
            unsafe library.table.destroy(handle.pointer)
            return true
        } ?? false
    }
}

extension PluginLibrary: PluginHome {
    package var isLocal: Bool { true }

    package func create(
        for endpoint: HostEndpoint,
        configuration: [UInt8],
        execution: PluginExecution
    ) async throws(PluginLoadError) -> any PluginSide {
        let table = table
        let host = HostTable(for: endpoint)
        let outcome = await loader.result(within: limits.loaderTime) {
            () -> Result<LocalSide.Handle, PluginLoadError> in
            var pointer: OpaquePointer?
            let status = unsafe withBorrowed(configuration[...]) { bytes in
                PluginStatus(number: unsafe table.create(host.pointer, bytes, &pointer))
            }
            guard status == .ok, let pointer = unsafe pointer else {
                return .failure(.notCreated(status == .ok ? .internal : status))
            }
            return .success(unsafe LocalSide.Handle(pointer: pointer))
        } late: { outcome in
            // Nobody waits for it any more; the plugin must not keep what it holds.
            if case .success(let handle) = outcome { unsafe table.destroy(handle.pointer) }
        }
        guard let outcome else { throw .didNotReturn(step: "create", limit: limits.loaderTime) }
        return LocalSide(self, try outcome.get(), isSerial: execution.concurrency == 1)
    }
}
