/// Which target may import what: the authority on the arrows of `docs/architecture.md`.
enum AllowedImports {
    /// One room: its folder, and the modules its files may import.
    struct Room {
        let folder: String
        let own: Set<String>
        let external: Set<String>

        init(_ folder: String, own: Set<String> = [], external: Set<String> = []) {
            self.folder = folder
            self.own = own
            self.external = external
        }
    }

    /// What any target may import of the toolchain.
    static let toolchain: Set<String> = ["Glibc", "Synchronization"]

    /// Rooms in which not even FoundationEssentials is welcome.
    static let withoutFoundation: Set<String> = [
        "Sources/PluginAPI/JSON", "Sources/PluginAPI/PluginKit", "Sources/Host/GatewayCore", "Sources/Host/MCPModel",
        "Sources/Host/Policy", "Plugins/PanDA", "Plugins/ATLAS", "Plugins/ePIC", "Plugins/Rubin",
    ]

    static let rooms: [Room] = pluginAPI + level1 + level2 + level3 + level4 + plugins

    private static let pluginAPI: [Room] = [
        Room("Sources/PluginAPI/JSON"),
        Room("Sources/PluginAPI/PluginKit", own: ["CPluginAPI", "JSON"]),
        Room("Sources/PluginAPI/PluginTesting", own: ["CPluginAPI", "JSON", "PluginKit"]),
    ]

    private static let level1: [Room] = [
        Room("Sources/Host/GatewayCore", own: ["JSON"]),
        Room("Sources/Host/MCPModel", own: ["GatewayCore", "JSON"]),
        Room("Sources/Host/ToolSearch", own: ["JSON"]),
        Room("Sources/Host/QuestionRouting", own: ["GatewayCore", "JSON", "ToolSearch"]),
        Room("Sources/Host/Sealing", external: ["Crypto"]),
        Room(
            "Sources/Host/GatewayState",
            own: ["GatewayCore", "LocalFiles", "PostgresClient", "Sealing"],
            external: ["GRDB"]
        ),
        Room("Sources/Host/PostgresClient", own: ["CPostgreSQL", "GatewayCore"], external: ["Dispatch"]),
        Room("Sources/Host/LocalFiles"),
        Room("Sources/Host/PluginRuntime", own: ["CPluginAPI", "GatewayCore", "JSON"]),
        Room("Sources/Host/PluginWire"),
        Room("Sources/Host/PluginWorker", own: ["CSandbox", "GatewayCore", "PluginRuntime", "PluginWire"]),
        Room("Sources/Host/StompProtocol"),
        Room("Sources/Host/OutboundStream", own: ["CCurl"]),
    ]

    private static let level2: [Room] = [
        Room("Sources/Host/Authentication", own: ["GatewayCore", "JSON", "Sealing"], external: ["JWTKit"]),
        Room("Sources/Host/AuthorizationServer", own: ["GatewayCore", "GatewayState", "JSON", "Sealing"]),
        Room("Sources/Host/Approvals", own: ["GatewayCore", "JSON", "LocalFiles", "Sealing"]),
        Room("Sources/Host/Policy", own: ["GatewayCore"]),
        Room(
            "Sources/Host/Catalog",
            own: ["GatewayCore", "JSON", "MCPModel", "QuestionRouting", "ToolSearch"]
        ),
        Room("Sources/Host/PostgresSource", own: ["GatewayCore", "JSON", "PostgresClient"]),
        Room(
            "Sources/Host/PluginHosting",
            own: ["CSandbox", "GatewayCore", "JSON", "LocalFiles", "PluginRuntime", "PluginWire", "Sealing"],
            external: ["Logging"]
        ),
        Room("Sources/Host/PluginTemplates", own: ["CPluginTemplates"]),
        Room("Sources/Host/DataSources", own: ["GatewayCore", "JSON"]),
        Room("Sources/Host/SQLiteSource", own: ["GatewayCore", "JSON"], external: ["GRDB", "GRDBSQLite", "Dispatch"]),
        Room(
            "Sources/Host/DocumentIndex",
            own: ["GatewayCore", "JSON", "LocalFiles", "Sealing"],
            external: ["Dispatch", "GRDB"]
        ),
        Room("Sources/Host/HTTPSource", own: ["GatewayCore"]),
        Room("Sources/Host/FileSource", own: ["GatewayCore", "LocalFiles"], external: ["Dispatch"]),
        Room(
            "Sources/Host/MessageSource",
            own: ["GatewayCore", "OutboundStream", "StompProtocol"],
            external: ["Dispatch"]
        ),
        Room("Sources/Host/OutboundHTTP", own: ["CCurl", "GatewayCore"]),
        Room("Sources/Host/HTTPServer", own: ["GatewayCore"], external: ["NIOCore", "NIOHTTP1", "NIOPosix"]),
        Room("Sources/Host/Observability", own: ["GatewayCore", "JSON"], external: ["Dispatch", "Logging"]),
        Room("Sources/Host/GatewayConfiguration", own: ["GatewayCore", "JSON"], external: ["Yams"]),
    ]

    private static let level3: [Room] = [
        Room(
            "Sources/Host/AuditTrail",
            own: ["GatewayCore", "JSON", "LocalFiles", "Observability", "Sealing"],
            external: ["Dispatch"]
        ),
        Room(
            "Sources/Host/Provenance",
            own: ["GatewayCore", "JSON", "LocalFiles", "Observability", "Sealing"],
            external: ["Dispatch", "GRDB"]
        ),
        Room("Sources/Host/AdminServer", own: ["GatewayCore", "HTTPServer", "JSON", "Observability"]),
        Room(
            "Sources/Host/PluginChecking",
            own: [
                "CFakeHost", "CPluginAPI", "CSandbox", "DataSources", "GatewayCore", "JSON", "PluginHosting",
                "PluginRuntime", "PluginWire",
            ]
        ),
        Room("Sources/Host/Diagnosis", own: ["JSON"]),
        Room(
            "Sources/Host/LoginPages",
            own: ["AuthorizationServer", "GatewayCore", "HTTPServer", "JSON", "Sealing"]
        ),
        Room(
            "Sources/Host/ClientLogin",
            own: [
                "AuthorizationServer",
                "GatewayCore",
                "HTTPServer",
                "JSON",
                "LocalFiles",
                "OutboundHTTP",
                "Sealing",
            ]
        ),
        Room("Sources/Host/MCPServer", own: ["GatewayCore", "HTTPServer", "JSON", "MCPModel", "Sealing"]),
    ]

    private static let level4: [Room] = [
        Room(
            "Sources/Host/Beamline",
            own: [
                "AdminServer",
                "Approvals",
                "AuditTrail",
                "Authentication",
                "AuthorizationServer",
                "Catalog",
                "ClientLogin",
                "DataSources",
                "Diagnosis",
                "DocumentIndex",
                "FileSource",
                "GatewayConfiguration",
                "GatewayCore",
                "GatewayState",
                "HTTPServer",
                "HTTPSource",
                "JSON",
                "LocalFiles",
                "LoginPages",
                "MCPModel",
                "MCPServer",
                "MessageSource",
                "Observability",
                "OutboundHTTP",
                "OutboundStream",
                "PluginChecking",
                "PluginHosting",
                "PluginRuntime",
                "PluginTemplates",
                "PluginWire",
                "PluginWorker",
                "Policy",
                "PostgresClient",
                "PostgresSource",
                "Provenance",
                "SQLiteSource",
                "Sealing",
            ],
            external: ["ArgumentParser", "Logging", "ServiceLifecycle", "UnixSignals"]
        )
    ]

    private static let plugins: [Room] = [
        Room("Plugins/PanDA", own: ["JSON", "PluginKit"]),
        Room("Plugins/ATLAS", own: ["ATLASTools", "CPluginAPI", "JSON", "PanDAKit", "PluginKit"]),
        Room("Plugins/ePIC", own: ["CPluginAPI", "EPICTools", "JSON", "PanDAKit", "PluginKit"]),
        Room("Plugins/Rubin", own: ["CPluginAPI", "JSON", "PanDAKit", "PluginKit", "RubinTools"]),
    ]
}
