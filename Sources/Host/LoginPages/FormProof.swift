import AuthorizationServer
import Sealing

/// Proves that a form was filled in on a page of ours in the same browser: it repeats a digest of a cookie.
enum FormProof {
    /// The cookie a page goes with: the browser's own, or a new one.
    static func cookie(_ present: String?) -> String {
        guard let present, Base64URL.decode(present.utf8)?.count == 32 else { return Secret.make() }
        return present
    }

    static func proof(of cookie: String) -> String { Secret.digest("form\n" + cookie) }

    static func holds(_ proof: String?, _ cookie: String?) -> Bool {
        guard let proof, let cookie else { return false }
        return ConstantTime.areEqual(Array(proof.utf8), Array(self.proof(of: cookie).utf8))
    }
}
