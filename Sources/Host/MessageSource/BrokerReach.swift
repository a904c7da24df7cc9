internal import Dispatch
internal import OutboundStream

/// Whether a broker is there: its port, and where it has one its certificate; not a word is said to it.
package enum BrokerReach {
    /// Why no connection stands; nil when one does.
    package static func fault(of settings: MessageSettings) async -> String? {
        await withCheckedContinuation { caller in
            // Opening blocks its thread for as long as the settings allow.
            DispatchQueue(label: "broker reach").async {
                do throws(StreamError) {
                    _ = try OutboundStream(settings.stream)
                    caller.resume(returning: nil)
                } catch {
                    caller.resume(returning: error.reason)
                }
            }
        }
    }
}
