import AuthorizationServer
import Testing

@Suite("Parameters of forms and queries")
struct ParameterTests {
    @Test(arguments: [
        ("a=1", "a", "1"), ("a=b+c", "a", "b c"), ("a=%C3%A9", "a", "é"), ("a=b=c", "a", "b=c"), ("x&a=1", "a", "1"),
        ("%61=1", "a", "1"),
    ])
    func `are decoded`(_ text: String, _ name: String, _ value: String) throws {
        #expect(try FormParameters(text)[name] == value)
    }

    @Test(arguments: ["", "b=1", "a=", "a"])
    func `that are absent or empty are the same`(_ text: String) throws {
        #expect(try FormParameters(text)["a"] == nil)
    }

    @Test(arguments: [
        "a=1&a=1", "a=1&%61=2", "a=%", "a=%2", "a=%GG", "a=%FF", "a=%00", "a=%0A", "a=%7F",
    ])
    func `that two readers could read differently are refused`(_ text: String) {
        #expect(throws: OAuthError.self) { try FormParameters(text) }
    }

    @Test func `are bounded in number and length`() throws {
        let most = (0..<FormParameters.mostParameters).map { "p\($0)=1" }.joined(separator: "&")
        #expect(try FormParameters(most)["p0"] == "1")
        #expect(throws: OAuthError.self) { try FormParameters(most + "&q=1") }
        let longest = "a=" + String(repeating: "x", count: FormParameters.longestText - 2)
        #expect(try FormParameters(longest)["a"]?.utf8.count == FormParameters.longestText - 2)
        #expect(throws: OAuthError.self) { try FormParameters(longest + "x") }
    }

    @Test func `come back as they were written`() throws {
        let texts = ["a b&c=d", "é/?#", "%41", "~-._", "\"<>'"]
        let parameters = texts.enumerated().map { (name: "n\($0)&", value: $1) }
        let read = try FormParameters(FormParameters.encode(parameters))
        #expect(texts.indices.map { read["n\($0)&"] } == texts)
    }
}
