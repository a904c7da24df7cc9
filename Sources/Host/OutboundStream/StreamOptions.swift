internal import CCurl

/// What libcurl is told to connect and do nothing else.
enum StreamOptions {
    static func apply(_ settings: StreamSettings, to handle: UnsafeMutableRawPointer) throws(StreamError) {
        // The scheme only says whether there is TLS.
        unsafe curl_set_string(handle, CURLOPT_URL, try url(settings))
        unsafe curl_set_string(handle, CURLOPT_PROTOCOLS_STR, settings.security == nil ? "http" : "https")
        unsafe curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
        let (seconds, attoseconds) = settings.connectTimeout.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        unsafe curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, max(1, milliseconds))
        unsafe curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        unsafe curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        // A name server that does not answer must not hold up the end of the attempt.
        unsafe curl_set_long(handle, CURLOPT_QUICK_EXIT, 1)
        // The environment's proxy variables are never read.
        unsafe curl_set_string(handle, CURLOPT_PROXY, "")
        unsafe curl_set_string(handle, CURLOPT_NOPROXY, "*")
        guard let security = settings.security else { return }
        unsafe curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
        unsafe curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
        unsafe curl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // What is spoken is not HTTP.
        unsafe curl_set_long(handle, CURLOPT_SSL_ENABLE_ALPN, 0)
        if let file = security.authoritiesFile {
            unsafe curl_set_string(handle, CURLOPT_CAINFO, file)
            // The system's folder would be trusted beside it.
            unsafe curl_set_string(handle, CURLOPT_CAPATH, nil)
        }
        if let folder = security.authoritiesFolder { unsafe curl_set_string(handle, CURLOPT_CAPATH, folder) }
    }

    /// Nothing in a host's name can reach another part of the URL.
    private static func url(_ settings: StreamSettings) throws(StreamError) -> String {
        let host = settings.host
        let isAddress = host.utf8.contains(UInt8(ascii: ":"))
        guard !host.isEmpty, host.utf8.allSatisfy({ isName($0) || isAddress && $0 == UInt8(ascii: ":") }) else {
            throw StreamError("\"\(host)\" is no host name")
        }
        let scheme = settings.security == nil ? "http" : "https"
        return "\(scheme)://\(isAddress ? "[\(host)]" : host):\(settings.port)"
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
