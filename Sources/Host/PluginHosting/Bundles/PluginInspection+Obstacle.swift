extension PluginInspection {
    /// Why it would not be loaded here, a sentence; nil when nothing that can be seen without running it stands against
    /// it.
    package func obstacle(_ trust: BundleTrust) -> String? {
        guard targets.contains(.own) else {
            let others = targets.map(\.rawValue).joined(separator: ", ")
            return "\(path) has no library for this machine, \(BundleTarget.own.rawValue); it is for \(others)."
        }
        switch origin {
        case .shipped, .bundle(.signed): return nil
        case .bundle where !isIndexed:
            return "\(path) is a folder without bundle.json; `beamline plugin sign` makes a bundle of it."
        case .library, .bundle:
            guard trust.requiresSignature else { return nil }
            return "\(path) is \(origin), and trust.require_signature asks for a key of trust.keys."
        }
    }
}
