import PanDAKit
import Testing

@Suite struct ErrorComponentTests {
    @Test(arguments: [
        ("pilot", ErrorComponent.pilot), ("Pilot", .pilot), ("exe", .executor), ("jobdispatcher", .dispatcher),
        ("dataservice", .ddm), ("sup", .supervisor), ("transform", .transformation), ("trans", .transformation),
    ])
    func `components have the names in use`(name: String, component: ErrorComponent) {
        #expect(ErrorComponent(name: name) == component)
    }

    @Test func `other names are none`() {
        #expect(ErrorComponent(name: "printer") == nil)
        #expect(ErrorComponent(name: "") == nil)
    }

    @Test(
        arguments: [
            (ErrorComponent.pilot, "piloterrorcode", "piloterrordiag"), (.executor, "exeerrorcode", "exeerrordiag"),
            (.dispatcher, "jobdispatchererrorcode", "jobdispatchererrordiag"),
            (.supervisor, "superrorcode", "superrordiag"),
            (.transformation, "transexitcode", nil),
        ] as [(ErrorComponent, String, String?)]
    )
    func `columns are those of the job tables`(component: ErrorComponent, code: String, diagnosis: String?) {
        #expect(component.codeColumn == code)
        #expect(component.diagnosisColumn == diagnosis)
    }

    @Test(arguments: ErrorComponent.allCases)
    func `no table has a code twice or without a meaning`(component: ErrorComponent) {
        let codes = component.entries.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(component.entries.allSatisfy { !$0.meaning.isEmpty })
    }
}
