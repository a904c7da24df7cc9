import JSON

/// What is wrong with roles that are given to groups.
enum RoleCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        let issuers = configuration.issuers.map(\.id)
        let namespaces = configuration.plugins.map(\.namespace)
        var faults: [ConfigurationFault] = []
        for role in configuration.roles {
            if !role.issuer.isEmpty, !issuers.contains(role.issuer) {
                let nearest = NearestName.nearest(to: role.issuer, among: issuers).map { "; did you mean `\($0)`?" }
                faults.append(
                    ConfigurationFault(
                        role.place.appending("issuer"),
                        "`\(role.issuer)` is no name under `issuers`\(nearest ?? "")"
                    )
                )
            }
            faults += fault(role.role, namespaces, role.place.appending("role"))
        }
        let user = configuration.identity.developmentUser
        for role in user.roles { faults += fault(role, namespaces, user.place.appending("roles")) }
        for issuer in configuration.issuers {
            for (position, mapping) in issuer.roles.enumerated() {
                faults += fault(mapping.role, namespaces, issuer.place.appending("roles[\(position)].role"))
            }
        }
        for (position, role) in configuration.audit.officers.enumerated() {
            faults += fault(role, namespaces, configuration.audit.place.appending("officers[\(position)]"))
        }
        return faults
    }

    private static func fault(
        _ role: String,
        _ namespaces: [String],
        _ place: ConfigurationPlace
    ) -> [ConfigurationFault] {
        // Without a role, reading has said so.
        guard !role.isEmpty else { return [] }
        let namespace = String(role.prefix { $0 != "." })
        guard role.contains("."), namespaces.contains(namespace) else {
            let nearest = NearestName.nearest(to: namespace, among: namespaces).map { "; did you mean `\($0)`?" } ?? ""
            return [
                ConfigurationFault(place, "role `\(role)` must be NAMESPACE.ROLE of an enabled plugin\(nearest)")
            ]
        }
        return []
    }
}
