import GatewayCore
import JSON
import Testing

@Suite("Icons")
struct IconTests {
    private static let png = "data:image/png;base64,iVBORw0KGgoAAAAN"

    @Test(
        arguments: [
            "https://epic.example.org/icon.png", "https://epic.example.org", "https://[::1]:8443/a?b=c#d", png,
            "data:image/jpeg;base64,/9j/4AAQ", "data:image/jpg;base64,/9j/4AA=", "data:image/webp;base64,UklGRg==",
            "data:image/svg+xml;base64,PHN2Zy8+",
        ]
    )
    func `a source that clients may load is taken`(source: String) throws {
        #expect(try Icon(source: source).document == ["src": .string(source)])
    }

    @Test(
        arguments: [
            "", "http://epic.example.org/icon.png", "HTTPS://epic.example.org", "https://", "https:///icon.png",
            "https://user:word@epic.example.org/icon.png", "https://epic.example.org/a b.png",
            "https://epic.example.org/é.png", "javascript:alert(1)", "file:///etc/passwd", "epic+ui://icon",
            "data:", "data:image/png", "data:image/png;base64,", "data:image/png,iVBORw0KGgoAAAAN",
            "data:text/html;base64,PHN2Zy8+", "data:image/png;charset=utf-8;base64,iVBORw0KGgoAAAAN",
            // The type says one thing, the picture another.
            "data:image/png;base64,/9j/4AAQ", "data:image/svg+xml;base64,iVBORw0KGgoAAAAN",
            // No Base64.
            "data:image/png;base64,iVBORw0KGgoAAAA", "data:image/png;base64,iVBORw0KGgo=====",
            "data:image/png;base64,iVBORw0KGgo!AAAN", "data:image/png;base64,iVBORw0KGgoA=AAN",
            "data:image/jpeg;base64,/9j/4A%3D",
        ]
    )
    func `any other source is refused`(source: String) {
        let fault = #expect(throws: Icon.Fault.self) { _ = try Icon(source: source) }
        #expect(fault?.member == "src")
    }

    @Test func `a picture in place has an edge, and so has a URL`() throws {
        _ = try Icon(source: Self.png, dataBytes: Self.png.utf8.count)
        #expect(throws: Icon.Fault.self) { _ = try Icon(source: Self.png, dataBytes: Self.png.utf8.count - 1) }
        let beginning = "https://a.example.org/"
        let longest = beginning + String(repeating: "x", count: 2048 - beginning.utf8.count)
        _ = try Icon(source: longest)
        #expect(throws: Icon.Fault.self) { _ = try Icon(source: longest + "x") }
    }

    @Test func `all that is said of a picture is published in one order`() throws {
        let icon = try Icon(source: Self.png, mimeType: "image/png", sizes: ["48x48", "any"], theme: .dark)
        let text = #"{"src":"\#(Self.png)","mimeType":"image/png","sizes":["48x48","any"],"theme":"dark"}"#
        #expect(String(decoding: icon.document.serialized, as: UTF8.self) == text)
    }

    @Test(arguments: ["image/gif", "text/html", "", "IMAGE/PNG", "image/jpeg"])
    func `another type is refused, and one the picture does not have`(type: String) {
        let fault = #expect(throws: Icon.Fault.self) { _ = try Icon(source: Self.png, mimeType: type) }
        #expect(fault?.member == "mimeType")
    }

    @Test func `the two names of JPEG are one`() throws {
        _ = try Icon(source: "data:image/jpg;base64,/9j/4AAQ", mimeType: "image/jpeg")
    }

    @Test(arguments: [["48"], ["48x"], ["x48"], ["0x48"], ["48X48"], ["48x48x48"], ["Any"], [""], ["4a8x48"]])
    func `a size is two numbers or any`(sizes: [String]) {
        let fault = #expect(throws: Icon.Fault.self) { _ = try Icon(source: Self.png, sizes: sizes) }
        #expect(fault?.member == "sizes")
    }
}
