import Foundation
import JSON
import PanDAKit
import PluginKit
import Testing

/// Texts as jobs, people and other systems may write them, and what is left of them.
@Suite struct HostileTextTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let group: String
        let name: String
        let text: String
        let clean: String
        let limit: Int

        var testDescription: String { "\(group): \(name)" }
    }

    /// Of `Hostile/texts.json`; its cases hold `text` and `clean`, `bytes` in place of a text, or what `stays` as it is.
    static let cases: [Case] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = try? Data(contentsOf: folder.appendingPathComponent("Hostile/texts.json"))
        let document = try? JSONValue(parsing: Array(file ?? Data()))
        return (document?.object?.members ?? []).flatMap { group in
            (group.value.array ?? []).map { item in
                let bytes = item["bytes"]?.string.map { $0.split(separator: " ").compactMap { UInt8($0, radix: 16) } }
                let text = bytes.map { String(decoding: $0, as: UTF8.self) } ?? item["text"]?.string
                let stays = item["stays"]?.string
                return Case(
                    group: group.name,
                    name: item["case"]?.string ?? "",
                    text: text ?? stays ?? "",
                    clean: item["clean"]?.string ?? stays ?? "",
                    limit: item["limit"]?.integer ?? 512
                )
            }
        }
    }()

    @Test func `all cases are read`() {
        #expect(Self.cases.count >= 200)
        #expect(Self.cases.allSatisfy { !$0.name.isEmpty && !$0.text.isEmpty })
        #expect(Set(Self.cases.map(\.testDescription)).count == Self.cases.count)
    }

    @Test(arguments: cases)
    func `what is left is exactly this`(_ hostile: Case) {
        let clean = UntrustedText.cleaned(hostile.text, limit: hostile.limit)
        #expect(clean == hostile.clean)
        #expect(clean.unicodeScalars.elementsEqual(hostile.clean.unicodeScalars))
    }

    @Test(arguments: cases.filter { $0.limit == 512 })
    func `what is clean stays as it is`(_ hostile: Case) {
        #expect(UntrustedText.cleaned(hostile.clean, limit: .max) == hostile.clean)
    }

    /// Each on a line of its own, so that no case can shelter another.
    @Test func `what is left does not depend on what stands before and after`() {
        // A key ends with the next last line of one, wherever that is.
        let lines = Self.cases.filter { hostile in
            hostile.limit == 512 && (!hostile.text.contains("-----BEGIN ") || hostile.text.contains("-----END "))
        }
        let texts = lines.map { "<\n\($0.text)\n>" }.joined(separator: "\n")
        let clean = lines.map { "<\n\($0.clean)\n>" }.joined(separator: "\n")
        #expect(UntrustedText.cleaned(texts, limit: .max) == clean)
    }

    @Test(arguments: [
        ("password", "hunter2", "[redacted]"), ("clientSecret", "two words", "[redacted]"),
        ("db.passwd", "none", "none"), ("token", "a1b2c3", "[redacted]"), ("token", "expired", "expired"),
        ("destinationDBlockToken", "ddd:1:AGLT2_DATADISK", "ddd:1:AGLT2_DATADISK"), ("pwd", "/home/eve", "/home/eve"),
        ("site", "BNL token=a1b2c3", "BNL token=[redacted]"), ("pass\u{AD}word", "x", "[redacted]"),
    ])
    func `a member whose name says it loses its value`(name: String, text: String, left: String) {
        #expect(UntrustedText.cleaned(text, named: UntrustedText.cleaned(name)) == left)
    }

    /// Each repeated until a search that begins anew at every place would not end.
    @Test(arguments: [
        "\u{1B}[", "\u{1B}]", "\u{9D}", "\u{1B}]8;;", "![", "[!", "bearer ", "Bearer%20", "eyJ", "eyJ-", "gt-", "gt-a.",
        "sk-", "a-sk-b", "AKIA", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n",
        "\n-----END RSA PRIVATE KEY-----", "cookie:a;", "cookie:a; ", "cookie: a=", "authorization: ",
        "Authorization: basic ",
        "token=a-", "token=", "token:", "password=/", "pwd=/", "password=\"", "password=\\\"", "password='\\",
        "--password",
        "-.", "-", "=", ":", "://", "a://b:", "a://:@", "https://a:", "x-rucio-auth-token: a-/", "a:", "\"", "\\", " ",
        "\r",
        "MII", "YII", "LS0tLS1CRUdJTi",
    ])
    func `text made to be slow is not`(piece: String) {
        let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
        #expect(UntrustedText.cleaned(text + "\nlast words", limit: .max).hasSuffix("last words"))
    }
}
