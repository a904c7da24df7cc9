public import CPluginAPI
import JSON
import Synchronization

/// Presents a Swift plugin as the C table of `plugin_api.h`.
public enum PluginBridge {
    /// The table of a plugin, or nil when the host is of another major.
    ///
    /// To be returned from `beam_plugin_v1`. An image holds one plugin: the first type asked for is the one served.
    public static func table<P: Plugin>(
        for plugin: P.Type,
        host: UnsafePointer<beam_host>?
    ) -> UnsafePointer<beam_plugin>? {
        guard let host = unsafe host, unsafe host.pointee.abi_major == BEAM_ABI_MAJOR else { return nil }
        return unsafe BridgeTable.shared(for: plugin).pointer
    }
}

/// The one table of an image, made when it is first asked for and never changed or freed.
@safe private final class BridgeTable: @unchecked Sendable {
    // Unchecked: both properties are set once, before the object is shared, and only read afterwards.
    let pointer: UnsafePointer<beam_plugin>
    let manifest: beam_str
    let make: @Sendable (JSONNode) throws(ToolError) -> any Plugin
    /// The names of the manifest's tools, resources, prompts and sources.
    let declaredNames: Set<String>

    private static let current = Mutex<BridgeTable?>(nil)

    static func shared<P: Plugin>(for plugin: P.Type) -> BridgeTable {
        current.withLock { current in
            if let current { return current }
            let made = BridgeTable(plugin)
            current = made
            return made
        }
    }

    static var loaded: BridgeTable? { current.withLock { $0 } }

    private init<P: Plugin>(_ plugin: P.Type) {
        unsafe manifest = .permanent(P.manifest.document.serialized)
        declaredNames = Set(
            P.manifest.tools.map(\.name) + P.manifest.resources.map(\.uri) + P.manifest.prompts.map(\.name)
                + P.manifest.provides.map(\.name)
        )
        make = { (configuration) throws(ToolError) in
            let decoded: P.Configuration
            do {
                decoded = try JSONNodeDecoder().decode(P.Configuration.self, from: configuration)
            } catch {
                throw ToolError(.invalidArgument, "The plugin's configuration does not fit: \(error)")
            }
            return try P(configuration: decoded)
        }
        let table = UnsafeMutablePointer<beam_plugin>.allocate(capacity: 1)
        unsafe table.initialize(
            to: beam_plugin(
                struct_size: UInt64(MemoryLayout<beam_plugin>.size),
                abi_major: BEAM_ABI_MAJOR,
                abi_minor: BEAM_ABI_MINOR,
                flags: 0,
                manifest: bridgeManifest,
                create: bridgeCreate,
                destroy: bridgeDestroy,
                submit: bridgeSubmit,
                cancel: bridgeCancel,
                get_interface: bridgeInterface
            )
        )
        unsafe pointer = UnsafePointer(table)
    }
}

private func bridgeManifest() -> beam_str {
    guard let table = BridgeTable.loaded else { return unsafe beam_str() }
    return unsafe table.manifest
}

private func bridgeCreate(
    _ host: UnsafePointer<beam_host>?,
    _ configuration: beam_str,
    _ out: UnsafeMutablePointer<OpaquePointer?>?
) -> beam_status {
    guard let host = unsafe host, let out = unsafe out, let table = BridgeTable.loaded else {
        return BEAM_INVALID_ARGUMENT
    }
    let functions = unsafe HostFunctions(host)
    do {
        let text = unsafe configuration.copied
        let instance = PluginInstance(host: functions, plugin: try table.make(parsedConfiguration(text)))
        guard instance.names == table.declaredNames else {
            functions.log(0, .error, "The items of the instance are not those of the manifest.")
            return BEAM_INTERNAL
        }
        unsafe out.pointee = OpaquePointer(Unmanaged.passRetained(instance).toOpaque())
        return BEAM_OK
    } catch {
        functions.log(0, .error, error.message)
        return error.code.status
    }
}

private func parsedConfiguration(_ text: [UInt8]) throws(ToolError) -> JSONNode {
    do {
        return try JSONDocument(parsing: text.isEmpty ? Array("{}".utf8) : text).root
    } catch {
        throw ToolError(.invalidArgument, "The plugin's configuration is not JSON: \(error).")
    }
}

private func instance(_ pointer: OpaquePointer?) -> PluginInstance? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe Unmanaged<PluginInstance>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
}

private func bridgeDestroy(_ pointer: OpaquePointer?) {
    guard let pointer = unsafe pointer else { return }
    unsafe Unmanaged<PluginInstance>.fromOpaque(UnsafeRawPointer(pointer)).release()
}

private func bridgeSubmit(_ pointer: OpaquePointer?, _ request: UnsafePointer<beam_request>?) -> beam_status {
    guard let instance = unsafe instance(pointer), let request = unsafe request else { return BEAM_INVALID_ARGUMENT }
    return unsafe instance.submit(PluginRequest(request.pointee))
}

private func bridgeCancel(_ pointer: OpaquePointer?, _ call: beam_call, _ why: beam_status) {
    unsafe instance(pointer)?.cancel(call)
}

private func bridgeInterface(_ pointer: OpaquePointer?, _ id: UnsafePointer<CChar>?) -> UnsafeRawPointer? {
    nil
}
