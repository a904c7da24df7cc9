import PluginHosting

extension StaticCheck {
    static let libraries = StaticCheck(name: "libraries", subject: "it needs only libraries every gateway has") {
        library,
        _ in
        let strangers = library.libraries.filter { !isOfSystem($0) && !isOfSwift($0) }
        var findings = strangers.map { name in
            Finding(
                name,
                "The library needs \(name), which a gateway need not have.",
                remedy: "Link it statically into the plugin, or do without: I/O goes through the host's services."
            )
        }
        if let runtime = library.libraries.first(where: isOfSwift) {
            findings.append(
                Finding.warning(
                    runtime,
                    "The plugin shares the host's Swift runtime, so it works only with the compiler the gateway was built with.",
                    remedy: "Build with --static-swift-stdlib unless it is built together with the gateway."
                )
            )
        }
        return findings
    }

    private static func isOfSystem(_ name: String) -> Bool {
        let known: Set = [
            "libatomic.so.1", "libc.so.6", "libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0",
            "librt.so.1", "libstdc++.so.6",
        ]
        return known.contains(name) || name.hasPrefix("ld-linux-")
    }

    private static func isOfSwift(_ name: String) -> Bool {
        let known: Set = ["libdispatch.so", "libBlocksRuntime.so"]
        return known.contains(name)
            || ["libswift", "libFoundation", "lib_Foundation"].contains(where: name.hasPrefix)
    }
}
