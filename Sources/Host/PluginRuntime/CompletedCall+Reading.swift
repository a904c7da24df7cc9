import CPluginAPI
import GatewayCore

extension CompletedCall {
    /// Copies a result out of the plugin's memory.
    ///
    /// A field counts only when `struct_size` covers it.
    init(reading pointer: UnsafePointer<beam_result>?, cap: Int) {
        guard let pointer = unsafe pointer else {
            self = .unreadable("complete was called without a result")
            return
        }
        let size = unsafe pointer.pointee.struct_size
        guard unsafe size >= Self.end(of: \.status) else {
            self = .unreadable("struct_size of the result is \(size)")
            return
        }
        let status = PluginStatus(number: unsafe pointer.pointee.status)
        let flags = unsafe size >= Self.end(of: \.flags) ? pointer.pointee.flags : 0
        let structured = unsafe size >= Self.end(of: \.structured) ? pointer.pointee.structured : beam_str()
        let content = unsafe size >= Self.end(of: \.content) ? pointer.pointee.content : beam_str()
        let meta = unsafe size >= Self.end(of: \.meta) ? pointer.pointee.meta : beam_str()
        let bytes = unsafe [structured.len, content.len, meta.len].reduce(UInt64(0)) { sum, next in
            let (total, overflows) = sum.addingReportingOverflow(next)
            return overflows ? .max : total
        }
        guard bytes <= UInt64(cap) else {
            self = .tooLarge(bytes: bytes)
            return
        }
        guard let structured = unsafe structured.copied(atMost: cap), let content = unsafe content.copied(atMost: cap),
            let meta = unsafe meta.copied(atMost: cap)
        else {
            self = .unreadable("a string has a length but no pointer")
            return
        }
        self = .result(
            status: status,
            isError: flags & BEAM_R_IS_ERROR != 0,
            structured: structured,
            content: content,
            meta: meta
        )
    }

    /// Where a field of the struct ends, in bytes from its beginning.
    private static func end<Field>(of field: KeyPath<beam_result, Field>) -> UInt64 {
        unsafe UInt64((MemoryLayout<beam_result>.offset(of: field) ?? 0) + MemoryLayout<Field>.size)
    }
}
