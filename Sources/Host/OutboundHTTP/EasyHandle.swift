import CCurl

/// Owns one easy handle of libcurl.
///
/// `@safe`: the handle ends with its only owner, and is only used through it.
@safe
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer

    /// Makes a handle; nil when libcurl has no memory for it.
    init?() {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
    }

    /// Tells handles apart; what libcurl's messages name them by.
    var key: UInt { unsafe Self.key(of: pointer) }

    /// The key of the handle behind a pointer.
    static func key(of pointer: UnsafeMutableRawPointer) -> UInt {
        UInt(bitPattern: pointer)
    }

    /// Takes every option back and keeps what helps the next request.
    func reset() {
        unsafe curl_easy_reset(pointer)
    }
}
