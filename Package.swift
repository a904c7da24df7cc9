// swift-tools-version: 6.2
import PackageDescription

/// Settings every Swift target of this package is built with.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// Set by the scripts that build with a sanitizer, whose runtime lies in the program and not in each plugin.
let isSanitized = Context.environment["BEAMLINE_SANITIZE"] != nil

/// Hides every symbol of a plugin but its one C entry point, and leaves nothing in it to be resolved later.
let pluginLinking: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-Xlinker", "--version-script=\(Context.packageDirectory)/Plugins/exports.map",
            "-Xlinker", "-z", "-Xlinker", "nodelete",
            "-Xlinker", "-z", "-Xlinker", "now",
            // The host has the runtime loaded already; a folder of the build machine would be one more place to attack.
            "-no-toolchain-stdlib-rpath",
        ] + (isSanitized ? [] : ["-Xlinker", "-z", "-Xlinker", "defs"])
    )
]

// MARK: - The contract and its Swift side (level 0 and the plugins' kit)

let pluginAPI: [Target] = [
    .target(name: "CPluginAPI", path: "Sources/PluginAPI/CPluginAPI", exclude: ["plugin_api-1.abi"]),
    .target(name: "JSON", path: "Sources/PluginAPI/JSON"),
    .target(name: "PluginKit", dependencies: ["CPluginAPI", "JSON"], path: "Sources/PluginAPI/PluginKit"),
    .target(name: "CFakeHost", dependencies: ["CPluginAPI"], path: "Sources/PluginAPI/CFakeHost"),
    .target(
        name: "PluginTesting",
        dependencies: ["CPluginAPI", "JSON", "PluginKit"],
        path: "Sources/PluginAPI/PluginTesting"
    ),
]

// MARK: - The host, level by level: imports only go down

let level1: [Target] = [
    .target(name: "GatewayCore", dependencies: ["JSON"], path: "Sources/Host/GatewayCore"),
    .target(name: "MCPModel", dependencies: ["GatewayCore", "JSON"], path: "Sources/Host/MCPModel"),
    .target(name: "ToolSearch", dependencies: ["JSON"], path: "Sources/Host/ToolSearch"),
    .target(
        name: "QuestionRouting",
        dependencies: ["GatewayCore", "JSON", "ToolSearch"],
        path: "Sources/Host/QuestionRouting"
    ),
    .target(
        name: "Sealing",
        dependencies: [.product(name: "Crypto", package: "swift-crypto")],
        path: "Sources/Host/Sealing"
    ),
    .target(
        name: "GatewayState",
        dependencies: [
            "GatewayCore",
            "LocalFiles",
            "PostgresClient",
            "Sealing",
            .product(name: "GRDB", package: "GRDB.swift"),
        ],
        path: "Sources/Host/GatewayState"
    ),
    .systemLibrary(
        name: "CPostgreSQL",
        path: "Sources/Host/CPostgreSQL",
        pkgConfig: "libpq",
        providers: [.apt(["libpq-dev"])]
    ),
    .target(
        name: "PostgresClient",
        dependencies: ["CPostgreSQL", "GatewayCore"],
        path: "Sources/Host/PostgresClient"
    ),
    .target(name: "LocalFiles", path: "Sources/Host/LocalFiles"),
    .target(
        name: "PluginRuntime",
        dependencies: ["CPluginAPI", "GatewayCore", "JSON"],
        path: "Sources/Host/PluginRuntime"
    ),
    .target(name: "CSandbox", path: "Sources/Host/CSandbox"),
    .target(name: "PluginWire", path: "Sources/Host/PluginWire"),
    .target(
        name: "PluginWorker",
        dependencies: ["CSandbox", "GatewayCore", "PluginRuntime", "PluginWire"],
        path: "Sources/Host/PluginWorker"
    ),
    .target(name: "StompProtocol", path: "Sources/Host/StompProtocol"),
    .target(name: "OutboundStream", dependencies: ["CCurl"], path: "Sources/Host/OutboundStream"),
]

let level2: [Target] = [
    .target(
        name: "Authentication",
        dependencies: ["GatewayCore", "JSON", "Sealing", .product(name: "JWTKit", package: "jwt-kit")],
        path: "Sources/Host/Authentication"
    ),
    .target(
        name: "AuthorizationServer",
        dependencies: ["GatewayCore", "GatewayState", "JSON", "Sealing"],
        path: "Sources/Host/AuthorizationServer"
    ),
    .target(
        name: "Approvals",
        dependencies: ["GatewayCore", "JSON", "LocalFiles", "Sealing"],
        path: "Sources/Host/Approvals"
    ),
    .target(name: "Policy", dependencies: ["GatewayCore"], path: "Sources/Host/Policy"),
    .target(
        name: "Catalog",
        dependencies: ["GatewayCore", "JSON", "MCPModel", "QuestionRouting", "ToolSearch"],
        path: "Sources/Host/Catalog"
    ),
    .target(
        name: "PluginHosting",
        dependencies: [
            "CSandbox", "GatewayCore", "JSON", "LocalFiles", "PluginRuntime", "PluginWire", "Sealing",
            .product(name: "Logging", package: "swift-log"),
        ],
        path: "Sources/Host/PluginHosting"
    ),
    .target(name: "CPluginTemplates", path: "Sources/Host/CPluginTemplates", exclude: ["Templates"]),
    .target(name: "PluginTemplates", dependencies: ["CPluginTemplates"], path: "Sources/Host/PluginTemplates"),
    .target(name: "DataSources", dependencies: ["GatewayCore", "JSON"], path: "Sources/Host/DataSources"),
    .target(
        name: "SQLiteSource",
        dependencies: [
            "GatewayCore", "JSON",
            .product(name: "GRDB", package: "GRDB.swift"),
            .product(name: "GRDBSQLite", package: "GRDB.swift"),
        ],
        path: "Sources/Host/SQLiteSource"
    ),
    .target(
        name: "PostgresSource",
        dependencies: ["GatewayCore", "JSON", "PostgresClient"],
        path: "Sources/Host/PostgresSource"
    ),
    .target(name: "HTTPSource", dependencies: ["GatewayCore"], path: "Sources/Host/HTTPSource"),
    .target(name: "FileSource", dependencies: ["GatewayCore", "LocalFiles"], path: "Sources/Host/FileSource"),
    .target(
        name: "MessageSource",
        dependencies: ["GatewayCore", "OutboundStream", "StompProtocol"],
        path: "Sources/Host/MessageSource"
    ),
    .systemLibrary(
        name: "CCurl",
        path: "Sources/Host/CCurl",
        pkgConfig: "libcurl",
        providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    .target(name: "OutboundHTTP", dependencies: ["CCurl", "GatewayCore"], path: "Sources/Host/OutboundHTTP"),
    .target(
        name: "HTTPServer",
        dependencies: [
            "GatewayCore",
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
        ],
        path: "Sources/Host/HTTPServer"
    ),
    .target(
        name: "DocumentIndex",
        dependencies: ["GatewayCore", "JSON", "LocalFiles", "Sealing", .product(name: "GRDB", package: "GRDB.swift")],
        path: "Sources/Host/DocumentIndex"
    ),
    .target(
        name: "Observability",
        dependencies: ["GatewayCore", "JSON", .product(name: "Logging", package: "swift-log")],
        path: "Sources/Host/Observability"
    ),
    .target(
        name: "GatewayConfiguration",
        dependencies: ["GatewayCore", "JSON", .product(name: "Yams", package: "Yams")],
        path: "Sources/Host/GatewayConfiguration"
    ),
]

let level3: [Target] = [
    .target(
        name: "Provenance",
        dependencies: [
            "GatewayCore", "JSON", "LocalFiles", "Observability", "Sealing",
            .product(name: "GRDB", package: "GRDB.swift"),
        ],
        path: "Sources/Host/Provenance"
    ),
    .target(
        name: "AuditTrail",
        dependencies: ["GatewayCore", "JSON", "LocalFiles", "Observability", "Sealing"],
        path: "Sources/Host/AuditTrail"
    ),
    .target(
        name: "AdminServer",
        dependencies: ["GatewayCore", "HTTPServer", "JSON", "Observability"],
        path: "Sources/Host/AdminServer"
    ),
    .target(name: "Diagnosis", dependencies: ["JSON"], path: "Sources/Host/Diagnosis"),
    .target(
        name: "LoginPages",
        dependencies: ["AuthorizationServer", "GatewayCore", "HTTPServer", "JSON", "Sealing"],
        path: "Sources/Host/LoginPages"
    ),
    .target(
        name: "ClientLogin",
        dependencies: [
            "AuthorizationServer",
            "GatewayCore",
            "HTTPServer",
            "JSON",
            "LocalFiles",
            "OutboundHTTP",
            "Sealing",
        ],
        path: "Sources/Host/ClientLogin"
    ),
    .target(
        name: "MCPServer",
        dependencies: ["GatewayCore", "HTTPServer", "JSON", "MCPModel", "Sealing"],
        path: "Sources/Host/MCPServer"
    ),
    .target(
        name: "PluginChecking",
        dependencies: [
            "CFakeHost", "CPluginAPI", "CSandbox", "DataSources", "GatewayCore", "JSON", "PluginHosting",
            "PluginRuntime",
            "PluginWire",
        ],
        path: "Sources/Host/PluginChecking"
    ),
]

let level4: [Target] = [
    .executableTarget(
        name: "beamline",
        dependencies: [
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
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ],
        path: "Sources/Host/Beamline",
        linkerSettings: isSanitized ? [.unsafeFlags(["-Xlinker", "--export-dynamic"])] : []
    )
]

// MARK: - The shipped plugins: tools (testable) and an entry (one C symbol) each

let plugins: [Target] = [
    .target(name: "PanDAKit", dependencies: ["JSON", "PluginKit"], path: "Plugins/PanDA"),
    .target(name: "ATLASTools", dependencies: ["JSON", "PanDAKit", "PluginKit"], path: "Plugins/ATLAS/Tools"),
    .target(name: "EPICTools", dependencies: ["JSON", "PanDAKit", "PluginKit"], path: "Plugins/ePIC/Tools"),
    .target(name: "RubinTools", dependencies: ["JSON", "PanDAKit", "PluginKit"], path: "Plugins/Rubin/Tools"),
    .target(
        name: "ATLASPlugin",
        dependencies: ["ATLASTools", "CPluginAPI", "PluginKit"],
        path: "Plugins/ATLAS/Entry",
        linkerSettings: pluginLinking
    ),
    .target(
        name: "EPICPlugin",
        dependencies: ["CPluginAPI", "EPICTools", "PluginKit"],
        path: "Plugins/ePIC/Entry",
        linkerSettings: pluginLinking
    ),
    .target(
        name: "RubinPlugin",
        dependencies: ["CPluginAPI", "PluginKit", "RubinTools"],
        path: "Plugins/Rubin/Entry",
        linkerSettings: pluginLinking
    ),
]

// MARK: - Tests, and what they stand on

let testSupport: [Target] = [
    .target(
        name: "SampleData",
        dependencies: ["GatewayCore", "HTTPServer", "JSON", .product(name: "GRDB", package: "GRDB.swift")],
        path: "Tests/SampleData/SampleData"
    ),
    .executableTarget(
        name: "beamline-sample-data",
        dependencies: [
            "HTTPServer", "SampleData",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ],
        path: "Tests/SampleData/Tool"
    ),
    .target(
        name: "PlainCPlugin",
        dependencies: ["CPluginAPI"],
        path: "Tests/PlainCPlugin",
        exclude: ["manifest.json"],
        publicHeadersPath: ".",
        cSettings: [.unsafeFlags(["-fvisibility=hidden"])],
        linkerSettings: pluginLinking
    ),
    .target(
        name: "BenchPlugin",
        dependencies: ["CPluginAPI"],
        path: "Tests/BenchPlugin",
        publicHeadersPath: ".",
        cSettings: [.unsafeFlags(["-fvisibility=hidden"])],
        linkerSettings: pluginLinking
    ),
    .target(name: "ConformanceTools", dependencies: ["JSON", "PluginKit"], path: "Tests/ConformancePlugin/Tools"),
    .target(
        name: "ConformancePlugin",
        dependencies: ["CPluginAPI", "ConformanceTools", "PluginKit"],
        path: "Tests/ConformancePlugin/Entry",
        linkerSettings: pluginLinking
    ),
    .target(
        name: "WatchPlugin",
        dependencies: ["CPluginAPI", "JSON", "PluginKit"],
        path: "Tests/WatchPlugin",
        linkerSettings: pluginLinking
    ),
    .executableTarget(
        name: "beamline-bench-bare",
        dependencies: [
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
        ],
        path: "Tests/BareServer"
    ),
    .target(
        name: "FuzzTargets",
        dependencies: [
            "AuthorizationServer", "Catalog", "GatewayCore", "JSON", "MCPModel", "MCPServer", "PanDAKit", "PluginWire",
            "Sealing", "StompProtocol",
        ],
        path: "Tests/FuzzTargets"
    ),
    .target(name: "MessageBroker", dependencies: ["TestSupport"], path: "Tests/MessageBroker"),
    .target(name: "PluginFixtures", dependencies: ["TestSupport"], path: "Tests/PluginFixtures"),
    .target(name: "PostgresServer", dependencies: ["TestSupport"], path: "Tests/PostgresServer"),
    .target(name: "TestSupport", dependencies: ["GatewayCore", "JSON", "OutboundHTTP"], path: "Tests/TestSupport"),
]

/// The program of scripts/fuzz: libFuzzer brings its `main`, so that it links with that sanitizer only.
let fuzzer: [Target] =
    Context.environment["BEAMLINE_FUZZ"] == nil
    ? [] : [.executableTarget(name: "beamline-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer")]

let tests: [Target] = [
    .testTarget(name: "AuditTrailTests", dependencies: ["AuditTrail", "GatewayCore", "JSON", "TestSupport"]),
    .testTarget(
        name: "AdminServerTests",
        dependencies: ["AdminServer", "GatewayCore", "HTTPServer", "JSON", "Observability"]
    ),
    .testTarget(
        name: "ATLASToolsTests",
        dependencies: ["ATLASTools", "JSON", "PluginKit", "PluginTesting", "SampleData"]
    ),
    .testTarget(name: "ApprovalsTests", dependencies: ["Approvals", "GatewayCore", "JSON", "TestSupport"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
        name: "AuthenticationTests",
        dependencies: [
            "Authentication", "GatewayCore", "HTTPServer", "JSON", "Sealing", "TestSupport",
            .product(name: "CryptoExtras", package: "swift-crypto"),
            .product(name: "JWTKit", package: "jwt-kit"),
        ]
    ),
    .testTarget(
        name: "AuthorizationServerTests",
        dependencies: ["AuthorizationServer", "GatewayCore", "GatewayState", "JSON", "Sealing", "TestSupport"]
    ),
    .testTarget(name: "CPluginAPITests", dependencies: ["CPluginAPI", "PluginFixtures", "TestSupport"]),
    .testTarget(name: "DiagnosisTests", dependencies: ["Diagnosis", "JSON"]),
    .testTarget(name: "CatalogTests", dependencies: ["Catalog", "GatewayCore", "JSON", "MCPModel"]),
    .testTarget(
        name: "ClientLoginTests",
        dependencies: [
            "ClientLogin",
            "GatewayCore",
            "JSON",
            "TestSupport",
        ]
    ),
    .testTarget(name: "DataSourcesTests", dependencies: ["DataSources", "GatewayCore", "JSON", "TestSupport"]),
    .testTarget(
        name: "DocumentIndexTests",
        dependencies: ["DocumentIndex", "GatewayCore", "JSON", "LocalFiles", "TestSupport"]
    ),
    .testTarget(
        name: "EPICToolsTests",
        dependencies: [
            "DataSources", "EPICTools", "GatewayCore", "JSON", "PluginKit", "PluginTesting", "PostgresClient",
            "PostgresServer", "PostgresSource", "SQLiteSource", "SampleData", "TestSupport",
        ]
    ),
    .testTarget(name: "FileSourceTests", dependencies: ["FileSource", "GatewayCore", "TestSupport"]),
    .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets"]),
    .testTarget(
        name: "GatewayConfigurationTests",
        dependencies: ["GatewayConfiguration", "GatewayCore", "JSON", "TestSupport"]
    ),
    .testTarget(name: "GatewayCoreTests", dependencies: ["GatewayCore", "JSON", "TestSupport"]),
    .testTarget(
        name: "GatewayStateTests",
        dependencies: [
            "GatewayState",
            "PostgresClient",
            "PostgresServer",
            "Sealing",
            "TestSupport",
        ]
    ),
    .testTarget(
        name: "HTTPServerTests",
        dependencies: [
            "GatewayCore", "HTTPServer",
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
        ]
    ),
    .testTarget(name: "HTTPSourceTests", dependencies: ["GatewayCore", "HTTPSource"]),
    .testTarget(
        name: "IntegrationTests",
        dependencies: [
            "GatewayCore", "HTTPServer", "JSON", "MessageBroker", "OutboundHTTP", "PluginFixtures", "PostgresServer",
            "SampleData", "Sealing", "TestSupport",
        ],
        exclude: ["Clients"]
    ),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "LocalFilesTests", dependencies: ["LocalFiles", "TestSupport"]),
    .testTarget(name: "MCPModelTests", dependencies: ["GatewayCore", "JSON", "MCPModel"]),
    .testTarget(
        name: "MCPServerTests",
        dependencies: [
            "Catalog", "GatewayCore", "HTTPServer", "JSON", "MCPModel", "MCPServer", "Sealing", "TestSupport",
        ]
    ),
    .testTarget(
        name: "MessageSourceTests",
        dependencies: [
            "GatewayCore", "MessageBroker", "MessageSource", "OutboundStream", "StompProtocol", "TestSupport",
        ]
    ),
    .testTarget(
        name: "ObservabilityTests",
        dependencies: ["GatewayCore", "JSON", "Observability", .product(name: "Logging", package: "swift-log")]
    ),
    .testTarget(name: "OutboundHTTPTests", dependencies: ["GatewayCore", "OutboundHTTP"]),
    .testTarget(
        name: "PanDAKitTests",
        dependencies: ["JSON", "PanDAKit", "PluginKit", "PluginTesting"],
        exclude: ["Hostile"]
    ),
    .testTarget(
        name: "PluginCheckingTests",
        dependencies: ["GatewayCore", "JSON", "PluginChecking", "PluginFixtures", "PluginWire", "TestSupport"],
        exclude: ["Fixtures"]
    ),
    .testTarget(
        name: "PluginHostingTests",
        dependencies: [
            "GatewayCore", "JSON", "LocalFiles", "PluginFixtures", "PluginHosting", "PluginRuntime", "PluginWire",
            "Sealing", "TestSupport",
            .product(name: "Logging", package: "swift-log"),
        ],
        exclude: ["Fixtures"]
    ),
    .testTarget(
        name: "PluginKitTests",
        dependencies: ["ConformanceTools", "JSON", "PluginKit", "PluginTesting"]
    ),
    .testTarget(
        name: "PluginManifestTests",
        dependencies: ["ATLASTools", "EPICTools", "JSON", "PluginKit", "RubinTools"]
    ),
    .testTarget(
        name: "PluginRuntimeTests",
        dependencies: ["GatewayCore", "JSON", "PluginFixtures", "PluginHosting", "PluginRuntime", "TestSupport"]
    ),
    .testTarget(
        name: "PluginTemplatesTests",
        dependencies: ["JSON", "PluginFixtures", "PluginTemplates", "TestSupport"]
    ),
    .testTarget(name: "PluginWireTests", dependencies: ["PluginWire"]),
    .testTarget(name: "PolicyTests", dependencies: ["GatewayCore", "Policy"]),
    .testTarget(
        name: "PostgresClientTests",
        dependencies: ["GatewayCore", "PostgresClient", "PostgresServer", "TestSupport"]
    ),
    .testTarget(
        name: "PostgresSourceTests",
        dependencies: ["GatewayCore", "JSON", "PostgresClient", "PostgresServer", "PostgresSource", "TestSupport"]
    ),
    .testTarget(
        name: "ProvenanceTests",
        dependencies: [
            "Catalog", "GatewayCore", "JSON", "Provenance", "Sealing", "TestSupport",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    .testTarget(
        name: "RubinToolsTests",
        dependencies: ["JSON", "PanDAKit", "PluginKit", "PluginTesting", "RubinTools", "SampleData"]
    ),
    .testTarget(
        name: "SQLiteSourceTests",
        dependencies: [
            "GatewayCore", "JSON", "SQLiteSource", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    .testTarget(
        name: "SampleDataTests",
        dependencies: [
            "GatewayCore", "HTTPServer", "JSON", "SampleData", "TestSupport",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    .testTarget(name: "SealingTests", dependencies: ["Sealing"]),
    .testTarget(name: "StompProtocolTests", dependencies: ["StompProtocol"]),
    .testTarget(name: "QuestionRoutingTests", dependencies: ["GatewayCore", "JSON", "QuestionRouting"]),
    .testTarget(name: "ToolSearchTests", dependencies: ["JSON", "ToolSearch"], exclude: ["Questions"]),
]

let package = Package(
    name: "beamline",
    products: [
        .executable(name: "beamline", targets: ["beamline"]),
        .library(name: "PluginKit", targets: ["CPluginAPI", "JSON", "PluginKit", "PluginTesting"]),
        .library(name: "PlainC", type: .dynamic, targets: ["PlainCPlugin"]),
        .library(name: "Bench", type: .dynamic, targets: ["BenchPlugin"]),
        .library(name: "Conformance", type: .dynamic, targets: ["ConformancePlugin"]),
        .library(name: "Watch", type: .dynamic, targets: ["WatchPlugin"]),
        .library(name: "ATLAS", type: .dynamic, targets: ["ATLASPlugin"]),
        .library(name: "ePIC", type: .dynamic, targets: ["EPICPlugin"]),
        .library(name: "Rubin", type: .dynamic, targets: ["RubinPlugin"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: pluginAPI + level1 + level2 + level3 + level4 + plugins + testSupport + fuzzer + tests,
    swiftLanguageModes: [.v6]
)

/// Targets without Swift code.
let cTargets: Set = [
    "BenchPlugin", "CCurl", "CFakeHost", "CPluginAPI", "CPluginTemplates", "CPostgreSQL", "CSandbox", "PlainCPlugin",
]

for target in package.targets where !cTargets.contains(target.name) {
    target.swiftSettings = house
}
