import PanDAKit

/// Finds out where a job's logs are.
///
/// `pilotid` is `address|batch system|type|version`, with the address of the pilot's output ending in `.out`; its error
/// output and the batch system's log are written beside it as `.err` and `.log`.
struct JobLogAddresses: Hashable {
    private(set) var urls: [String: String] = [:]
    private(set) var pilot: JobPilot?

    init(pilotID: String?) {
        let text = UntrustedText.cleaned(pilotID ?? "", limit: 1024)
        guard text.contains("|") else { return }
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        add("pilot_stdout", parts[0])
        if let output = urls["pilot_stdout"], output.hasSuffix(".out") {
            let stem = output.dropLast(4)
            urls["pilot_stderr"] = stem + ".err"
            urls["batch_log"] = stem + ".log"
        }
        let type = parts.count > 2 && !parts[2].isEmpty ? parts[2] : nil
        let version = parts.count > 3 && !parts[3].isEmpty ? parts[3] : nil
        if type != nil || version != nil { pilot = JobPilot(type: type, version: version) }
    }

    /// Jobs on Perlmutter leave the pilot's log in a folder of their own, and nothing where `pilotid` says.
    mutating func moveToPerlmutter(queue: String, pandaid: Int) {
        let isPlain = queue.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
            default: false
            }
        }
        guard queue.hasPrefix("NERSC_Perlmutter"), isPlain else { return }
        urls = [:]
        add("pilot_stdout", "\(Self.perlmutter)/\(queue)/\(pandaid)/pilotlog.txt")
    }

    private static let perlmutter = "https://portal.nersc.gov/cfs/m3763/panda/jobs"

    /// Takes an address over, in place of one known before; nothing but `http` and `https` is one.
    mutating func add(_ kind: String, _ address: String?) {
        guard let address = address.map({ UntrustedText.cleaned($0, limit: 1024) }),
            address.hasPrefix("https://") || address.hasPrefix("http://"),
            !address.contains(where: \.isWhitespace), !address.contains("[redacted]")
        else { return }
        urls[kind] = address
    }
}
