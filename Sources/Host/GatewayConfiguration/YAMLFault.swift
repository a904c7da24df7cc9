import Yams

/// Says what the YAML parser found, in our words and with the line.
enum YAMLFault {
    static func fault(of error: YamlError, in file: String) -> ConfigurationFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return fault(file, mark.line, "is not well-formed YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "`\($0)`" }.joined(separator: ", ")
            return fault(file, context.mark.line, "names a key twice in one mapping: \(names)")
        default:
            return fault(file, 1, "is not well-formed YAML")
        }
    }

    private static func fault(_ file: String, _ line: Int, _ message: String) -> ConfigurationFault {
        ConfigurationFault(ConfigurationPlace(file: file, line: line, path: "(file)"), message)
    }
}
