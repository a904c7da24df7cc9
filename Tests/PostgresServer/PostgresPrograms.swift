import Foundation
import Glibc

/// Where the programs of the installed PostgreSQL are, and as whom they run.
enum PostgresPrograms {
    struct Missing: Error, CustomStringConvertible {
        var description: String { "No PostgreSQL is installed: on Debian, install the package postgresql." }
    }

    /// The account the packages make; the server refuses to run as root.
    static let account = "postgres"

    static var isRoot: Bool { geteuid() == 0 }

    /// The path of a program of the newest version.
    static func path(of program: String) throws -> String {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        let newest = versions.compactMap(Int.init).sorted().last { version in
            FileManager.default.isExecutableFile(atPath: "\(base)/\(version)/bin/\(program)")
        }
        guard let newest else { throw Missing() }
        return "\(base)/\(newest)/bin/\(program)"
    }

    /// A program and its arguments, run as somebody who is not root.
    static func unprivileged(_ program: String, _ arguments: [String]) throws -> (String, [String]) {
        let program = try path(of: program)
        guard isRoot else { return (program, arguments) }
        let change = ["--reuid=\(account)", "--regid=\(account)", "--clear-groups", "--", program]
        return ("/usr/bin/setpriv", change + arguments)
    }
}
