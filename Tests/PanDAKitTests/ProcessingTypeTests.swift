import PanDAKit
import Testing

@Suite struct ProcessingTypeTests {
    @Test(
        arguments: [
            ("epicproduction", "epicproduction"), ("panda-client-1.5.94-jedi-run", "panda-client-jedi-run"),
            ("panda-client-1.6.1-jedi-athena-trf", "panda-client-jedi-athena-trf"),
            ("panda-client-jedi-run", "panda-client-jedi-run"), ("panda-client-", "panda-client-"),
            ("panda-client--jedi-run", "panda-client--jedi-run"), ("", "__blank__"), (nil, "__blank__"),
        ] as [(String?, String)]
    )
    func `shows the kind without the client's version`(type: String?, label: String) {
        #expect(ProcessingType.label(of: type) == label)
    }

    @Test(arguments: [
        ("epicproduction", "epicproduction"), ("panda-client-jedi-run", "panda-client-%-jedi-run"),
        ("__blank__", "__blank__"),
    ])
    func `says what finds a kind`(label: String, filter: String) {
        #expect(ProcessingType.filter(for: label) == filter)
    }
}
