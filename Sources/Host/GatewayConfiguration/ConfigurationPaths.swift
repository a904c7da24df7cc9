import FoundationEssentials

/// Makes the paths of a configuration absolute: relative ones mean relative to the file they stand in.
enum ConfigurationPaths {
    static func resolve(_ configuration: inout Configuration, in folder: String) {
        configuration.trust.authoritiesFile = configuration.trust.authoritiesFile.map { absolute($0, in: folder) }
        configuration.trust.authoritiesFolder = configuration.trust.authoritiesFolder.map { absolute($0, in: folder) }
        configuration.trust.keys = configuration.trust.keys.mapValues { resolved($0, in: folder) }
        configuration.state = resolved(configuration.state, in: folder)
        configuration.audit.directory =
            configuration.audit.directory.isEmpty
            ? configuration.state.directory + "/audit" : absolute(configuration.audit.directory, in: folder)
        configuration.pluginsDirectory = configuration.pluginsDirectory.map { absolute($0, in: folder) }
        configuration.managedFile = configuration.managedFile.map { absolute($0, in: folder) }
        configuration.policy.tests = configuration.policy.tests.map { absolute($0, in: folder) }
        for index in configuration.views.indices {
            configuration.views[index].path = ViewPath.normalised(configuration.views[index].path)
        }
        for index in configuration.issuers.indices {
            let secret = configuration.issuers[index].login?.clientSecret
            configuration.issuers[index].login?.clientSecret = secret.map { resolved($0, in: folder) }
            let asking = configuration.issuers[index].introspection?.clientSecret
            configuration.issuers[index].introspection?.clientSecret = asking.map { resolved($0, in: folder) }
        }
        for index in configuration.identity.clients.indices {
            let secret = configuration.identity.clients[index].secret
            configuration.identity.clients[index].secret = secret.map { resolved($0, in: folder) }
        }
        for index in configuration.identity.accounts.indices {
            let file = configuration.identity.accounts[index].keySetFile
            configuration.identity.accounts[index].keySetFile = file.map { absolute($0, in: folder) }
        }
        for index in configuration.identity.trustedNetworks.indices {
            let socket = configuration.identity.trustedNetworks[index].socket
            configuration.identity.trustedNetworks[index].socket = socket.map { absolute($0, in: folder) }
        }
        for index in configuration.plugins.indices {
            let library = configuration.plugins[index].library
            // A bare name is looked for beside the executable, where the shipped plugins are.
            if library.contains("/") { configuration.plugins[index].library = absolute(library, in: folder) }
        }
        for index in configuration.sources.indices {
            configuration.sources[index].kind = resolved(configuration.sources[index].kind, in: folder)
        }
    }

    private static func resolved(_ state: StateSettings, in folder: String) -> StateSettings {
        var state = state
        state.directory = absolute(state.directory, in: folder)
        state.sealingKey = state.sealingKey.map { resolved($0, in: folder) }
        state.formerSealingKey = state.formerSealingKey.map { resolved($0, in: folder) }
        state.database = state.database.map { database in
            var database = database
            database.server = resolved(database.server, in: folder)
            return database
        }
        return state
    }

    private static func resolved(_ settings: PostgreSQLSettings, in folder: String) -> PostgreSQLSettings {
        var settings = settings
        settings.password = settings.password.map { resolved($0, in: folder) }
        settings.rootCertificateFile = settings.rootCertificateFile.map { absolute($0, in: folder) }
        return settings
    }

    private static func resolved(_ kind: SourceSettings.Kind, in folder: String) -> SourceSettings.Kind {
        switch kind {
        case .sqlite(var settings):
            settings.path = absolute(settings.path, in: folder)
            settings.attached = settings.attached.mapValues { absolute($0, in: folder) }
            return .sqlite(settings)
        case .http(var settings):
            settings.headers = settings.headers.mapValues { resolved($0, in: folder) }
            return .http(settings)
        case .postgresql(let settings): return .postgresql(resolved(settings, in: folder))
        case .stomp(var settings):
            settings.password = settings.password.map { resolved($0, in: folder) }
            settings.authoritiesFile = settings.authoritiesFile.map { absolute($0, in: folder) }
            return .stomp(settings)
        case .file(var settings):
            settings.directory = absolute(settings.directory, in: folder)
            return .file(settings)
        case .plugin: return kind
        }
    }

    private static func resolved(_ value: SettingValue, in folder: String) -> SettingValue {
        if case .file(let path) = value { return .file(absolute(path, in: folder)) }
        return value
    }

    /// The folder of a file.
    static func folder(of path: String) -> String {
        URL(filePath: path).deletingLastPathComponent().path()
    }

    static func absolute(_ path: String, in folder: String) -> String {
        guard !path.isEmpty, !path.hasPrefix("/") else { return path }
        return URL(filePath: folder, directoryHint: .isDirectory).appending(path: path).standardized.path()
    }
}
