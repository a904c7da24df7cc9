import PluginHosting

extension StaticCheck {
    static let symbolVersions = StaticCheck(
        name: "symbol-versions",
        subject: "it runs with the oldest supported C and C++ libraries"
    ) { library, settings in
        let floors = [("GLIBC_", settings.newestGlibc), ("GLIBCXX_", settings.newestGlibcxx)]
        let asked = library.versions.values.flatMap(\.self)
        return floors.compactMap { prefix, floor in
            let newest = asked.filter { $0.hasPrefix(prefix) }.compactMap { SymbolVersion($0.dropFirst(prefix.count)) }
                .max()
            guard let newest, newest > floor else { return nil }
            return Finding(
                "\(prefix)\(newest)",
                "The library needs \(prefix)\(newest), and gateways need only have \(prefix)\(floor).",
                remedy: "Build it on the oldest system you support, such as Debian 12, or state what the site has."
            )
        }
    }
}
