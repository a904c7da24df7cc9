import JSON
import PluginHosting

/// How a plugin is shown that lies in the site's folder and is not enabled.
enum FoundText {
    static func text(_ found: FoundPlugin) -> String {
        switch found.result {
        case .success(let inspection):
            let what = inspection.manifest.map { "\($0.id) \($0.version)" } ?? "a plugin"
            let lines = ["\(found.name): not enabled: \(what), \(InspectionText.origin(inspection))"]
            return (lines + InspectionText.wants(inspection).map { "  " + $0 }).map(Printable.line).joined(
                separator: "\n"
            )
        case .failure(let failure): return Printable.line("\(found.name): cannot be enabled: \(failure.reason)")
        }
    }

    static func document(_ found: FoundPlugin) -> JSONValue {
        switch found.result {
        case .success(let inspection): InspectionText.document(inspection)
        case .failure(let failure): ["path": .string(found.path), "reason": .string(failure.reason)]
        }
    }
}
