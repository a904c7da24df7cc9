import CCurl

/// The options every transfer has, whatever its request.
enum EasyOptions {
    /// Sets them on a new or reset handle.
    static func apply(_ settings: OutboundSettings, to easy: UnsafeMutableRawPointer) {
        let (seconds, attoseconds) = settings.connectTimeout.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        unsafe curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, milliseconds))
        unsafe curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        unsafe curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        unsafe curl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        unsafe curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        unsafe curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // No encoding is asked for and none is undone: what arrives is what is counted.
        unsafe curl_set_long(easy, CURLOPT_HTTP_CONTENT_DECODING, 0)
        // A name server that does not answer must not hold up every other transfer when one is taken back.
        unsafe curl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        unsafe curl_set_string(easy, CURLOPT_USERAGENT, settings.userAgent)
        unsafe applyProxy(settings, to: easy)
        unsafe applyTLS(settings, to: easy)
    }

    /// An empty proxy keeps libcurl from reading the environment.
    private static func applyProxy(_ settings: OutboundSettings, to easy: UnsafeMutableRawPointer) {
        unsafe curl_set_string(easy, CURLOPT_PROXY, settings.proxy ?? "")
        unsafe curl_set_string(easy, CURLOPT_NOPROXY, settings.proxy == nil ? "*" : "")
    }

    private static func applyTLS(_ settings: OutboundSettings, to easy: UnsafeMutableRawPointer) {
        unsafe curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        unsafe curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        unsafe curl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = settings.caFile { unsafe curl_set_string(easy, CURLOPT_CAINFO, file) }
        if let directory = settings.caDirectory { unsafe curl_set_string(easy, CURLOPT_CAPATH, directory) }
        if let certificate = settings.clientCertificate {
            unsafe curl_set_string(easy, CURLOPT_SSLCERT, certificate.certificateFile)
            unsafe curl_set_string(easy, CURLOPT_SSLKEY, certificate.keyFile)
        }
    }
}
