package import GatewayCore
import GatewayState

/// What somebody reads before they answer for a call.
package struct CallConsentView: Hashable, Sendable {
    /// How far the call has come.
    package enum State: Hashable, Sendable {
        case waiting, approved, refused
        /// It was approved, and made.
        case made
    }

    /// The page's name.
    package let id: String
    /// The namespace, and the name of the tool, resource or prompt within it.
    package let experiment: String
    package let item: String
    /// What the application calls itself; nil where the token does not say.
    package let client: String?
    package let clientTrust: ConsentView.Trust?
    package let username: String
    package let sheet: ConsentSheet
    package let state: State
}

extension CallConsentView.State {
    init(_ state: CallConsentRecord.State) {
        self =
            switch state {
            case .waiting: .waiting
            case .approved: .approved
            case .refused: .refused
            case .spent: .made
            }
    }
}
