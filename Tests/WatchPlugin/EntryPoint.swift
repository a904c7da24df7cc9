public import CPluginAPI
import PluginKit

/// The plugin's entry point; the header declares it, so the compiler checks this signature against it.
@c @implementation
public func beam_plugin_v1(_ host: UnsafePointer<beam_host>!) -> UnsafePointer<beam_plugin>! {
    unsafe PluginBridge.table(for: WatchPlugin.self, host: host)
}
