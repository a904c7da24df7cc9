import CFakeHost
import CPluginAPI
import Glibc

/// A plugin's library, loaded into this process for the checks.
// Nothing is ever unloaded, and the table is constant.
@safe struct ProbeLibrary: @unchecked Sendable {
    /// Why it cannot be used.
    struct Failure: Error, Sendable {
        let finding: Finding
    }

    let plugin: UnsafePointer<beam_plugin>
    /// As the binary returns it.
    let manifest: [UInt8]

    private typealias Entry = @convention(c) (UnsafePointer<beam_host>?) -> UnsafePointer<beam_plugin>?

    /// Loads a library; its constructors and its entry point run.
    init(loading path: String) throws(Failure) {
        let handle = try unsafe Self.open(path)
        guard let symbol = unsafe dlsym(handle, "beam_plugin_v1") else {
            throw Failure(
                finding: Finding(
                    "beam_plugin_v1",
                    "The library has no entry point.",
                    remedy: "Define beam_plugin_v1 as plugin_api.h declares it."
                )
            )
        }
        let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
        let host = unsafe Probe.tableForChecks()
        guard let plugin = unsafe entry(host) else {
            throw Failure(
                finding: Finding(
                    "beam_plugin_v1",
                    "The plugin refuses a host of version 1.0 by returning NULL.",
                    remedy: "Return the table when the host's abi_major is 1, whatever its minor is."
                )
            )
        }
        try unsafe Self.check(plugin.pointee)
        unsafe self.plugin = plugin
        manifest = try unsafe Self.manifest(plugin.pointee)
    }

    private static func open(_ path: String) throws(Failure) -> UnsafeMutableRawPointer {
        if let handle = unsafe dlopen(path.contains("/") ? path : "./\(path)", RTLD_NOW | RTLD_LOCAL) {
            return unsafe handle
        }
        let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
        throw Failure(
            finding: Finding(
                "dlopen",
                "The library cannot be loaded: \(reason).",
                remedy: "Link everything it uses; `ldd -r` names what is missing."
            )
        )
    }

    /// The first thing wrong with a table, by the rules of the gateway.
    private static func check(_ table: beam_plugin) throws(Failure) {
        let unknown = table.flags & 0xffff_ffff_0000_0000
        let functions = unsafe [
            ("manifest", table.manifest == nil), ("create", table.create == nil), ("destroy", table.destroy == nil),
            ("submit", table.submit == nil), ("cancel", table.cancel == nil),
        ]
        let finding: Finding? =
            if table.struct_size < 72 {
                Finding(
                    "beam_plugin.struct_size",
                    "The table says that it has \(table.struct_size) bytes, and version 1.0 has 72.",
                    remedy: "Begin the table with sizeof(beam_plugin)."
                )
            } else if table.abi_major != 1 {
                Finding(
                    "beam_plugin.abi_major",
                    "The table says major \(table.abi_major) behind the entry point of major 1.",
                    remedy: "Set it to BEAM_ABI_MAJOR."
                )
            } else if unknown != 0 {
                Finding(
                    "beam_plugin.flags",
                    "The table has flags (0x\(String(unknown, radix: 16))) that a host must know and this one does not.",
                    remedy: "Set flags to 0."
                )
            } else if let absent = functions.first(where: \.1) {
                Finding(
                    "beam_plugin.\(absent.0)",
                    "The table has no function \(absent.0).",
                    remedy: "Give the table all its functions; only get_interface may be NULL."
                )
            } else {
                nil
            }
        if let finding { throw Failure(finding: finding) }
    }

    private static func manifest(_ table: beam_plugin) throws(Failure) -> [UInt8] {
        func read() -> [UInt8]? {
            guard let text = table.manifest?(), unsafe text.len > 0, unsafe text.len <= 4 << 20 else { return nil }
            guard let start = unsafe text.ptr else { return nil }
            // The contract says that these bytes stay readable for the life of the process.
            return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(text.len)))
        }
        guard let first = read(), let second = read(), first == second else {
            throw Failure(
                finding: Finding(
                    "manifest",
                    "The function returns no text, or another one each time.",
                    remedy:
                        "Return one constant JSON text of at most 4 MiB with its length in bytes, without the closing NUL."
                )
            )
        }
        return first
    }
}
