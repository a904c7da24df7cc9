import Yams

/// Says what the YAML parser found, in our words and with the line.
enum YAMLFault {
    static func fault(of error: YamlError) -> ConfigurationFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return fault(mark.line, "is not well-formed YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "`\($0)`" }.joined(separator: ", ")
            return fault(context.mark.line, "names a key twice in one mapping: \(names)")
        default:
            return fault(1, "is not well-formed YAML")
        }
    }

    private static func fault(_ line: Int, _ message: String) -> ConfigurationFault {
        ConfigurationFault(ConfigurationPlace(path: "(file)", line: line), message)
    }
}
