import JSON

/// Whether what clients get at the public URL is the gateway's own, unchanged by what stands in front.
package struct PublicDocumentCheck: Hashable, Sendable {
    package let subject: String
    package let url: String
    /// The member that names the gateway, and what it must be.
    private let member: String
    private let expected: String

    /// The protected resource metadata (RFC 9728).
    package static func resource(_ subject: String, at url: String, resource: String) -> PublicDocumentCheck {
        PublicDocumentCheck(subject: subject, url: url, member: "resource", expected: resource)
    }

    /// The metadata of the authorization server (RFC 8414).
    package static func server(_ subject: String, at url: String, issuer: String) -> PublicDocumentCheck {
        PublicDocumentCheck(subject: subject, url: url, member: "issuer", expected: issuer)
    }

    package func finding(status: Int, body: [UInt8]) -> Finding {
        guard status == 200 else {
            return Finding(
                subject,
                .broken,
                "\(url) answers \(status), and clients look for it there",
                remedy: "Have the web server in front pass the path on; see the lines below."
            )
        }
        guard let value = (try? JSONValue(parsing: body))?[member]?.string else {
            return Finding(
                subject,
                .broken,
                "\(url) is not the gateway's document",
                remedy: "Another program answers there: check the web server in front."
            )
        }
        guard value == expected else {
            return Finding(
                subject,
                .broken,
                "\(url) is of \(ProviderCheck.shown(value)) and not of \(expected)",
                remedy: "Another gateway answers there, or this one runs with another server.publicURL."
            )
        }
        return Finding(subject, .ok, "\(url) is as it should be")
    }

    /// Whether a call without a token comes back with the challenge by which clients find the login (RFC 9728 section 5).
    package static func challenge(
        _ subject: String,
        at url: String,
        status: Int,
        challenge: String?,
        metadata: String
    ) -> Finding {
        guard status == 401 else {
            return Finding(
                subject,
                .broken,
                "\(url) answers \(status) to a call without a token, and must answer 401",
                remedy: "Have the web server in front pass POST on unchanged, and protect nothing by itself."
            )
        }
        guard challenge?.contains(metadata) == true else {
            return Finding(
                subject,
                .broken,
                "the field WWW-Authenticate does not come through, or names another address",
                remedy: "Have the web server in front leave header fields as they are."
            )
        }
        return Finding(subject, .ok, "\(url) asks for a token, and says where to get one")
    }
}
