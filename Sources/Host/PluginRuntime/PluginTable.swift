import CPluginAPI
import GatewayCore

/// The functions of a plugin, taken out of its table after every check.
// The table and the functions are constant for the life of the process, because no library is ever unloaded; the
// contract says which function may run on which thread.
@safe struct PluginTable: @unchecked Sendable {
    typealias Create =
        @convention(c) (UnsafePointer<beam_host>?, beam_str, UnsafeMutablePointer<OpaquePointer?>?) -> beam_status

    let manifest: @convention(c) () -> beam_str
    let create: Create
    let destroy: @convention(c) (OpaquePointer?) -> Void
    let submit: @convention(c) (OpaquePointer?, UnsafePointer<beam_request>?) -> beam_status
    let cancel: @convention(c) (OpaquePointer?, beam_call, beam_status) -> Void

    /// Reads a table, as far as version 1.0 goes.
    /// - Throws: `PluginLoadError` for the first thing that is wrong.
    init(checking pointer: UnsafePointer<beam_plugin>) throws(PluginLoadError) {
        let size = unsafe pointer.pointee.struct_size
        guard size >= UInt64(MemoryLayout<beam_plugin>.size) else { throw .tableTooShort(size) }
        let major = unsafe pointer.pointee.abi_major
        guard major == BEAM_ABI_MAJOR else { throw .majorDiffers(major) }
        let mustUnderstand = unsafe pointer.pointee.flags & 0xffff_ffff_0000_0000
        guard mustUnderstand == 0 else { throw .unknownFlags(mustUnderstand) }
        guard let manifest = unsafe pointer.pointee.manifest else { throw .functionAbsent("manifest") }
        guard let create = unsafe pointer.pointee.create else { throw .functionAbsent("create") }
        guard let destroy = unsafe pointer.pointee.destroy else { throw .functionAbsent("destroy") }
        guard let submit = unsafe pointer.pointee.submit else { throw .functionAbsent("submit") }
        guard let cancel = unsafe pointer.pointee.cancel else { throw .functionAbsent("cancel") }
        unsafe self.manifest = manifest
        unsafe self.create = create
        unsafe self.destroy = destroy
        unsafe self.submit = submit
        unsafe self.cancel = cancel
    }
}
