package import PluginWire

/// How a plugin's worker stands at one moment.
package struct WorkerStatus: Hashable, Sendable {
    /// The process that serves; nil while there is none.
    package let pid: Int32?
    /// The walls around it.
    package let layers: SandboxLayers
    /// How often another process took the place of one that was gone.
    package let restarts: UInt64
    /// The private memory of the process that serves, at the last look, in bytes.
    package let memoryBytes: Int
}
