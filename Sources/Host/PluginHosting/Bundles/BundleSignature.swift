import JSON
package import Sealing

/// `bundle.json.sig`: a signature over the exact bytes of `bundle.json`, and which key it was made with.
package struct BundleSignature: Hashable, Sendable {
    static let schema = "beamline.signature/1"

    /// The `id` of the key.
    package let keyID: String
    let bytes: [UInt8]

    /// Signs an index.
    package init(over index: [UInt8], with key: SigningKey) {
        keyID = key.verifyingKey.id
        bytes = key.sign(index)
    }

    /// Reads the file.
    package init(parsing text: [UInt8]) throws(BundleFailure) {
        let root = try? JSONValue(parsing: text, limits: JSONLimits(depth: 2, bytes: BundleLimits.signatureBytes))
        guard let root, root["schema"]?.string == Self.schema, let keyID = root["key"]?.string,
            let signature = root["ed25519"]?.string, let bytes = Base64URL.decode(Array(signature.utf8)),
            bytes.count == VerifyingKey.signatureBytes
        else {
            throw BundleFailure(.signature, "bundle.json.sig is no signature; get the bundle again from its author.")
        }
        self.keyID = keyID
        self.bytes = bytes
    }

    /// What is written to the file.
    package var serialized: [UInt8] {
        let document: JSONValue = [
            "schema": .string(Self.schema), "key": .string(keyID), "ed25519": .string(Base64URL.encode(bytes)),
        ]
        return document.serialized + [UInt8(ascii: "\n")]
    }
}
