import GatewayConfiguration
import JSON
import LocalFiles

/// Changes the file that holds the plugins which commands put in and take out.
struct ManagedPlugins {
    /// The main configuration file.
    let configurationPath: String
    let configuration: Configuration
    /// The file that is changed.
    let file: String
    /// Keeps other commands from changing it between reading and writing; nil where no gateway has run yet.
    private let lock: FileLock?

    init(_ options: ConfigurationOptions) throws {
        var configuration = try options.read()
        do {
            let folder = configuration.state.directory
            lock = StateFolder.exists(folder) ? try FileLock.take("\(folder)/commands.lock", waits: true) : nil
        } catch {
            throw CommandFailure.notInOrder("\(error)")
        }
        // Again, because another command may have been at work until now.
        configuration = try options.read()
        guard let file = configuration.managedFile else {
            throw CommandFailure.notInOrder(
                "\(options.path): name the file that this command may write, such as `managed: conf.d/plugins.yaml` under `plugins`."
            )
        }
        configurationPath = options.path
        self.configuration = configuration
        self.file = file
    }

    /// A plugin the configuration names, enabled or not.
    func plugin(_ namespace: String) -> PluginSettings? {
        (configuration.plugins + configuration.disabledPlugins).first { $0.namespace == namespace }
    }

    /// Refuses a plugin that another file has: that file belongs to somebody who edits it.
    func checkOwn(_ plugin: PluginSettings) throws {
        guard plugin.place.file == file else {
            throw CommandFailure.notInOrder(
                "\(plugin.place): stands in a file that this command does not change; edit it there."
            )
        }
    }

    /// A change that may be made.
    struct Change {
        fileprivate let text: String
        /// The configuration with the change.
        let configuration: Configuration
    }

    /// Works a change out, unless the whole configuration would not be in order with it.
    func prepare(_ edit: PluginEdit) throws -> Change {
        let changed: String
        do {
            changed = try edit.applied(to: try currentText())
        } catch {
            throw CommandFailure.notInOrder("\(file): \(error.reason)")
        }
        let wanted: Configuration
        do {
            wanted = try ConfigurationFile.read(configurationPath) { path in
                path == file ? changed : ConfigurationFile.content(of: path)
            }
        } catch {
            throw CommandFailure(
                CommandFailure.Code.notInOrder,
                ["\(file) was not changed, because the configuration would not be in order:"] + error.lines
            )
        }
        let faults = FileCheck.faults(of: wanted)
        guard faults.isEmpty else {
            throw CommandFailure(
                CommandFailure.Code.notInOrder,
                ["\(file) was not changed:"] + faults.map(\.description)
            )
        }
        return Change(text: changed, configuration: wanted)
    }

    /// Puts the changed file in place of the old one.
    func make(_ change: Change) throws {
        do {
            try AtomicFile.replace(file, with: Array(change.text.utf8), newMode: 0o644)
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
    }

    private func currentText() throws(PluginEdit.Failure) -> String {
        do {
            let bytes = try LocalFile.read(file, maximumBytes: Self.maximumBytes)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw PluginEdit.Failure(reason: "is not UTF-8.")
            }
            return text
        } catch let failure as FileFailure {
            guard failure.isMissing else { throw PluginEdit.Failure(reason: failure.reason) }
            return "# Plugins that `beamline plugin enable` and `disable` put in and take out. Comments stay.\n"
        } catch let failure as PluginEdit.Failure {
            throw failure
        } catch {
            throw PluginEdit.Failure(reason: "\(error)")
        }
    }

    /// The longest file that is changed, in bytes.
    private static let maximumBytes = 1 << 20
}
