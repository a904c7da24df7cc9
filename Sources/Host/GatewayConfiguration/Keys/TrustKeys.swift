/// The keys of `trust`.
enum TrustKeys {
    static var table: KeyTable<TrustSettings> {
        KeyTable([
            .optionalText(
                "ca_file",
                \.authoritiesFile,
                "A PEM file of certificate authorities in place of the system's"
            ),
            .optionalText(
                "ca_directory",
                \.authoritiesFolder,
                "A folder of authorities under OpenSSL's hashed names, such as the grid's, in place of the system's"
            ),
            .secretMap(
                "keys",
                \.keys,
                takes: .atStart,
                "Names for the keys whose signatures of plugins count: the text that `beamline plugin keygen` prints, or a file with it"
            ),
            .texts(
                "in_process",
                \.inProcess,
                takes: .atStart,
                "Names under `keys`: what they signed may run inside the gateway's process and may change its lists"
            ),
            .bool(
                "require_signature",
                \.requiresSignature,
                takes: .atStart,
                "Whether a plugin that is not shipped must be a bundle signed with one of the keys"
            ),
        ])
    }
}
