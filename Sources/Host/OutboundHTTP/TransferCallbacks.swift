import CCurl
import GatewayCore
import Glibc

/// What libcurl calls while it works on a transfer; always on the transfer thread, inside `curl_multi_perform`.
enum TransferCallbacks {
    /// Hooks a handle up.
    ///
    /// `context` points to a `Transfer` that outlives the handle's stay in the multi handle.
    static func install(on easy: UnsafeMutableRawPointer, context: UnsafeMutableRawPointer) {
        unsafe curl_set_writer(easy, CURLOPT_HEADERFUNCTION, receiveHeaderLine)
        unsafe curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        unsafe curl_set_writer(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        unsafe curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        unsafe curl_set_socket_opener(easy, openSocket)
        unsafe curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    }

    /// Any count but the full one makes libcurl end the transfer.
    private static let receiveHeaderLine: curl_write_callback = { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let length = size * count
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let isWanted = unsafe transfer.collector.receiveHeaderLine(
            UnsafeRawBufferPointer(start: bytes, count: length)
        )
        return isWanted ? length : 0
    }

    private static let receiveBody: curl_write_callback = { bytes, size, count, context in
        let length = size * count
        guard length > 0 else { return 0 }
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let isWanted = unsafe transfer.collector.receiveBody(UnsafeRawBufferPointer(start: bytes, count: length))
        return isWanted ? length : 0
    }

    /// Opens the socket for an address that was really resolved, if the policy admits it.
    ///
    /// The check is here, and not on the name before, so that a name cannot change its address in between.
    private static let openSocket: curl_opensocket_callback = { context, _, address in
        guard let context = unsafe context, let address = unsafe address else { return CURL_SOCKET_BAD }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        var bytes = [UInt8](repeating: 0, count: 16)
        let length = unsafe curl_copy_address(address, &bytes)
        guard let target = IPAddress(networkOrder: bytes.prefix(Int(length))), transfer.admits(target) else {
            return CURL_SOCKET_BAD
        }
        let type = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return unsafe socket(address.pointee.family, type, address.pointee.protocol)
    }
}
