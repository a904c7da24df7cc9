import Foundation

/// Where the installed ActiveMQ and the Java it runs on are.
enum BrokerPrograms {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private static let home = "/usr/share/activemq"
    private static let java = "/usr/bin/java"

    /// Java, and the arguments that start a broker from a file, with its data in a folder.
    static func start(_ file: String, in folder: String) throws -> (String, [String]) {
        let launcher = "\(home)/bin/activemq.jar"
        guard FileManager.default.fileExists(atPath: launcher) else {
            throw Missing(description: "No ActiveMQ is installed: on Debian, install the package activemq.")
        }
        guard FileManager.default.isExecutableFile(atPath: java) else {
            throw Missing(description: "No Java is installed: on Debian, install the package default-jre-headless.")
        }
        let properties = ["activemq.home=\(home)", "activemq.base=\(folder)", "java.io.tmpdir=\(folder)"]
        // A broker of tests lives for seconds: what starts soon and stays small is best.
        return (
            java,
            ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"] + properties.map { "-D\($0)" }
                + ["-jar", launcher, "start", "xbean:file:\(file)"]
        )
    }
}
