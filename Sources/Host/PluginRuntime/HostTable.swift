import CPluginAPI

/// The `beam_host` given to a plugin. Its memory is never freed: the contract says it stays valid for the life of the
/// process, and a late call must find a table that answers STALE.
// Written once before anyone else sees it, then only read.
@safe struct HostTable: @unchecked Sendable {
    let pointer: UnsafePointer<beam_host>

    init(for endpoint: HostEndpoint) {
        let table = UnsafeMutablePointer<beam_host>.allocate(capacity: 1)
        let context = unsafe Unmanaged.passRetained(endpoint).toOpaque()
        unsafe table.initialize(
            to: beam_host(
                struct_size: UInt64(MemoryLayout<beam_host>.size),
                abi_major: BEAM_ABI_MAJOR,
                abi_minor: BEAM_ABI_MINOR,
                context: context,
                product: Self.forever("beamline"),
                version: Self.forever("1"),
                get_interface: HostFunctions.getInterface,
                log: HostFunctions.log,
                complete: HostFunctions.complete,
                emit: HostFunctions.emit,
                progress: HostFunctions.progress,
                poll: HostFunctions.poll,
                notify: HostFunctions.notify,
                invoke: HostFunctions.invoke,
                abort: HostFunctions.abort
            )
        )
        unsafe pointer = UnsafePointer(table)
    }

    private static func forever(_ text: StaticString) -> beam_str {
        unsafe text.utf8Start.withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount) { start in
            unsafe beam_str(ptr: start, len: UInt64(text.utf8CodeUnitCount))
        }
    }
}
