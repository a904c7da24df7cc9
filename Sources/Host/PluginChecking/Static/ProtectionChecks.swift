import PluginHosting

/// What a hardened library has.
extension StaticCheck {
    static let textRelocations = StaticCheck(name: "text-relocations", subject: "its code is never written to") {
        library,
        _ in
        guard library.hasTextRelocations else { return [] }
        return [
            Finding(
                "DT_TEXTREL",
                "The loader must write to the library's code, which a hardened system refuses.",
                remedy: "Compile everything in it with -fPIC and link with -z text."
            )
        ]
    }

    static let executableStack = StaticCheck(name: "stack", subject: "it asks for no stack that can run code") {
        library,
        _ in
        guard library.hasExecutableStack else { return [] }
        return [
            Finding(
                "PT_GNU_STACK",
                "Loading the library makes the stacks of the whole process executable.",
                remedy: "Link with -z noexecstack, and end assembly files with .section .note.GNU-stack,\"\",@progbits."
            )
        ]
    }

    static let readOnlyTables = StaticCheck(name: "relro", subject: "its tables are read-only once it is loaded") {
        library,
        _ in
        var missing: [(String, String)] = []
        if !library.hasReadOnlyTables { missing.append(("PT_GNU_RELRO", "-z relro")) }
        if !library.isBoundAtLoad { missing.append(("BIND_NOW", "-z now")) }
        return missing.map { place, flag in
            Finding(
                place,
                "The library's tables of functions stay writable, so one bad write can redirect every call.",
                remedy: "Link with \(flag) (through a compiler: -Wl,\(flag.replacing(" ", with: ",")))."
            )
        }
    }

    static let noUnloading = StaticCheck(name: "nodelete", subject: "it cannot be unloaded") { library, _ in
        guard !library.isNeverUnloaded else { return [] }
        return [
            Finding(
                "DF_1_NODELETE",
                "The library may be unloaded while its threads, thread locals or Swift metadata are still in use.",
                remedy: "Link with -z nodelete (through a compiler: -Wl,-z,nodelete)."
            )
        ]
    }
}
