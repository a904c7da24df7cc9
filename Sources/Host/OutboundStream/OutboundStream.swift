internal import CCurl
internal import Glibc

/// One connection over TCP or TLS to a peer that speaks a protocol of its own; closed with this object.
///
/// libcurl makes it, so that OpenSSL, its authorities and their folders are those of the gateway's other requests.
/// `@unchecked Sendable` because one thread at a time uses it: the one that opened it, then its owner's queue.
/// `@safe` because the handle is valid from `init` to `deinit`.
@safe
package final class OutboundStream: @unchecked Sendable {
    /// What came of reading or writing.
    package enum Progress: Hashable, Sendable {
        /// So many bytes, at least one.
        case bytes(Int)
        /// None now; the descriptor tells when to try again.
        case blocked
        /// The peer has ended the stream.
        case ended
        case failed(StreamError)
    }

    private let handle: UnsafeMutableRawPointer
    /// The socket, under a number of our own, which stays valid for a dispatch source when libcurl closes its own.
    package let descriptor: Int32

    /// Opens a stream, within the time its settings allow; blocks for as long.
    /// - Throws: `StreamError` with libcurl's words.
    package init(_ settings: StreamSettings) throws(StreamError) {
        // Counted by libcurl, and safe from several threads; never undone, because others use it too.
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let handle = unsafe curl_easy_init() else {
            throw StreamError("libcurl cannot be set up")
        }
        unsafe self.handle = unsafe handle
        var socket: Int32 = -1
        do throws(StreamError) {
            unsafe try StreamOptions.apply(settings, to: handle)
            unsafe try Self.connect(handle, settings)
            guard unsafe curl_get_socket(handle, &socket) == CURLE_OK, socket >= 0 else {
                throw StreamError("libcurl has no socket")
            }
        } catch {
            unsafe curl_easy_cleanup(handle)
            throw error
        }
        descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { throw StreamError("no more files can be opened") }
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        if descriptor >= 0 { close(descriptor) }
    }

    private static func connect(_ handle: UnsafeMutableRawPointer, _ settings: StreamSettings) throws(StreamError) {
        let size = Int(CURL_ERROR_SIZE)
        let (code, words) = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            unsafe buffer.initialize(repeating: 0)
            unsafe curl_set_pointer(handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
            let code = SignalMask.withoutBrokenPipe { unsafe curl_easy_perform(handle) }
            unsafe curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
            return (code, unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? "")
        }
        guard code != CURLE_OK else { return }
        let general = unsafe String(cString: curl_easy_strerror(code))
        throw StreamError("\(settings.host):\(settings.port): \(words.isEmpty ? general : words)")
    }

    /// Reads what has come, at most as much as there is room for.
    package func read(into buffer: inout [UInt8]) -> Progress {
        var count = 0
        let code = unsafe buffer.withUnsafeMutableBytes { bytes in
            SignalMask.withoutBrokenPipe { unsafe curl_easy_recv(handle, bytes.baseAddress, bytes.count, &count) }
        }
        return progress(code, count)
    }

    /// Writes as much as is taken now.
    ///
    /// After `.blocked` the same bytes have to come again.
    package func write(_ bytes: ArraySlice<UInt8>) -> Progress {
        var count = 0
        let code = unsafe bytes.withUnsafeBytes { bytes in
            SignalMask.withoutBrokenPipe { unsafe curl_easy_send(handle, bytes.baseAddress, bytes.count, &count) }
        }
        return progress(code, count)
    }

    private func progress(_ code: CURLcode, _ count: Int) -> Progress {
        switch code {
        case CURLE_OK: count > 0 ? .bytes(count) : .ended
        case CURLE_AGAIN: .blocked
        default: .failed(StreamError(unsafe String(cString: curl_easy_strerror(code))))
        }
    }
}
