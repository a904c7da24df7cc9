import Diagnosis
import GatewayConfiguration
import GatewayCore
import OutboundHTTP

/// What the checks share.
enum Doctoring {
    /// Looks at all of some things at a time, and tells what was found in their order.
    static func each<Element: Sendable>(
        _ elements: [Element],
        _ look: @escaping @Sendable (Element) async -> [Finding]
    ) async -> [Finding] {
        await withTaskGroup(of: (Int, [Finding]).self) { group in
            for (position, element) in elements.enumerated() { group.addTask { (position, await look(element)) } }
            var found = Array(repeating: [Finding](), count: elements.count)
            for await (position, findings) in group { found[position] = findings }
            return found.flatMap(\.self)
        }
    }

    static func get(
        _ url: String,
        _ outbound: OutboundClient,
        limits: LimitSettings
    ) async -> Result<FetchResponse, FetchError> {
        await send(
            FetchRequest(url: url, maximumBytes: limits.loginBytes, deadline: .after(limits.loginTime)),
            outbound
        )
    }

    static func send(_ request: FetchRequest, _ outbound: OutboundClient) async -> Result<FetchResponse, FetchError> {
        do throws(FetchError) {
            return .success(try await outbound.fetch(request))
        } catch {
            return .failure(error)
        }
    }

    static func unreachable(
        _ subject: String,
        _ url: String,
        _ answer: Result<FetchResponse, FetchError>
    ) -> Finding {
        guard case .failure(let error) = answer else { return Finding(subject, .ok, "\(url) answers") }
        switch error {
        case .refused(let reason):
            let remedy = "Name its origin in the configuration, such as under `login.further_origins`."
            return Finding(subject, .broken, "\(url) may not be asked: \(reason)", remedy: remedy)
        case .unreachable(let reason):
            let remedy = "Check the address, the network from here, and `trust` for the authority of its certificate."
            return Finding(subject, .unreachable, "\(url) cannot be reached: \(reason)", remedy: remedy)
        case .timeout, .cancelled:
            let remedy = "Check the network and the firewall between here and there."
            return Finding(subject, .unreachable, "\(url) does not answer in time", remedy: remedy)
        case .tooLarge:
            let remedy = "Check the address; if it is right, raise limits.login_bytes."
            return Finding(subject, .broken, "\(url) answers more than is read", remedy: remedy)
        }
    }
}
