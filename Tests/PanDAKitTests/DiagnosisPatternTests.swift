import PanDAKit
import Testing

@Suite struct DiagnosisPatternTests {
    @Test(arguments: [
        ("lost heartbeat : 2026-11-20 04:12:33", "lost heartbeat : <time>"),
        ("at 2026-11-20T04:12:33.123Z, again", "at <time>, again"),
        ("on 2026-11-20 we", "on <time> we"),
        ("since 2026-11-20T04:12:33+01:00.", "since <time>."),
        ("job 17 of 4812", "job <n> of <n>"),
        ("node12.example", "node<n>.example"),
        ("cannot open /srv/data/a_1.root: no such file", "cannot open <path>: no such file"),
        ("failed (root://se1.example.org:1094//d/f.root), gave up", "failed (<path>), gave up"),
        ("and/or a / b", "and/or a / b"),
        ("at 0x7ffee4 in deadbeef01", "at <hex> in <hex>"),
        ("guid 6f9619ff-8b86-d011-b42d-00c04fc964ff gone", "guid <hex> gone"),
        ("defaced facade", "defaced facade"),
        ("a1b2c3d", "a<n>b<n>c<n>d"),
        ("größe 12 日本", "größe <n> 日本"),
        ("", ""),
    ])
    func `replaces what varies`(text: String, pattern: String) {
        #expect(DiagnosisPattern.pattern(of: text) == pattern)
    }

    @Test func `a run of hexadecimal digits has to be eight long`() {
        #expect(DiagnosisPattern.pattern(of: "abcde12") == "abcde<n>")
        #expect(DiagnosisPattern.pattern(of: "abcdef12") == "<hex>")
    }
}
