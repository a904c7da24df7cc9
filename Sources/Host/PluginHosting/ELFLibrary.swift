/// What a shared library says to the system's loader (ELF-64, System V ABI; the GNU additions of glibc's `elf.h`).
package struct ELFLibrary: Sendable {
    /// A name the library takes from elsewhere.
    package struct Need: Hashable, Sendable {
        package let name: String
        /// Whether it may stay without a definition.
        package let isWeak: Bool
    }

    /// What it can be asked for: all names that others see.
    package private(set) var exports: [String] = []
    package private(set) var needs: [Need] = []
    /// The libraries it is loaded with.
    package private(set) var libraries: [String] = []
    /// Where those are looked for beyond the system's folders, from RPATH and RUNPATH.
    package private(set) var searchPath: [String] = []
    /// The symbol versions it asks of each library, such as `GLIBC_2.34`.
    package private(set) var versions: [String: [String]] = [:]
    package private(set) var hasTextRelocations = false
    package private(set) var isBoundAtLoad = false
    package private(set) var isNeverUnloaded = false
    /// Whether tables are made read-only once they are filled in.
    package private(set) var hasReadOnlyTables = false
    /// Whether it asks for a stack that can hold code; true as well when it says nothing.
    package private(set) var hasExecutableStack = true

    /// Reads a library.
    ///
    /// Throws `ELFImage.Failure` when it is none, or none for this machine.
    package init(_ bytes: [UInt8]) throws(ELFImage.Failure) {
        try ELFImage.check(bytes)
        var reader = try ELFReader(bytes)
        try reader.read()
        hasExecutableStack = reader.hasExecutableStack
        hasReadOnlyTables = reader.hasReadOnlyTables
        libraries = try reader.texts(.needed)
        searchPath = try (reader.texts(.rpath) + reader.texts(.runpath)).flatMap {
            $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
        let flags = reader.number(.flags) ?? 0
        let moreFlags = reader.number(.flags1) ?? 0
        hasTextRelocations = reader.number(.textrel) != nil || flags & 0x4 != 0
        isBoundAtLoad = reader.number(.bindNow) != nil || flags & 0x8 != 0 || moreFlags & 0x1 != 0
        isNeverUnloaded = moreFlags & 0x8 != 0
        versions = try reader.versions()
        for symbol in try reader.symbols() {
            if symbol.isDefined {
                exports.append(symbol.name)
            } else {
                needs.append(.init(name: symbol.name, isWeak: symbol.isWeak))
            }
        }
    }
}
