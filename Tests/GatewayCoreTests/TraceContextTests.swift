import GatewayCore
import Testing

@Suite("Trace context")
struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00-\(trace)-00f067aa0ba902b7-01"

    @Test func `a well-formed parent is read and written back`() throws {
        let context = try #require(TraceContext(traceParent: Self.parent))
        #expect(context.traceID == Self.trace)
        #expect(context.spanID == "00f067aa0ba902b7")
        #expect(context.isSampled)
        #expect(context.traceParent == Self.parent)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-1",
        "00-\(trace)-00f067aa0ba902b7-01-", "00-\(trace)-00f067aa0ba902b7-01-more",
        "00-\(trace.uppercased())-00f067aa0ba902b7-01", "00-\(trace)-00F067AA0BA902B7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-\(trace)-0000000000000000-01",
        "ff-\(trace)-00f067aa0ba902b7-01", "0g-\(trace)-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-0x",
        "00_\(trace)_00f067aa0ba902b7_01", " 00-\(trace)-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-01\n",
        "01-\(trace)-00f067aa0ba902b7-01.more", "00-\(trace)-00f067aa0ba902b'-01",
        "01-\(trace)-00f067aa0ba902b7-01-" + String(repeating: "x", count: 201),
    ])
    func `a malformed parent is no trace`(text: String) {
        #expect(TraceContext(traceParent: text) == nil)
    }

    @Test(arguments: [
        "01-\(trace)-00f067aa0ba902b7-01", "cc-\(trace)-00f067aa0ba902b7-01-what-comes",
        "01-\(trace)-00f067aa0ba902b7-01-" + String(repeating: "x", count: 200),
    ])
    func `a later version is read as far as it is known, and written in ours`(text: String) throws {
        #expect(try #require(TraceContext(traceParent: text)).traceParent == Self.parent)
    }

    @Test(arguments: [("00", false, "00"), ("01", true, "01"), ("02", false, "00"), ("ff", true, "01")])
    func `of the flags only the one for sampling is kept`(flags: String, isSampled: Bool, written: String) throws {
        let context = try #require(TraceContext(traceParent: "00-\(Self.trace)-00f067aa0ba902b7-\(flags)"))
        #expect(context.isSampled == isSampled)
        #expect(context.traceParent.hasSuffix("-" + written))
    }

    @Test func `a child is another span of the same trace`() throws {
        let context = try #require(TraceContext(traceParent: Self.parent, traceState: "a=1"))
        let child = context.child()
        #expect(child.traceID == context.traceID)
        #expect(child.spanID != context.spanID)
        #expect(child.traceState == "a=1")
        #expect(TraceContext(traceParent: child.traceParent, traceState: "a=1") == child)
    }

    @Test func `a statement carries a comment only when the trace is recorded`() throws {
        let recorded = try #require(TraceContext(traceParent: Self.parent))
        #expect(recorded.statementComment == "/*traceparent='\(Self.parent)'*/")
        let unrecorded = try #require(TraceContext(traceParent: "00-\(Self.trace)-00f067aa0ba902b7-00"))
        #expect(unrecorded.statementComment == nil)
    }

    @Test(arguments: [
        "00-\(trace)-00f067aa0ba902b7-01", "cc-\(trace)-00f067aa0ba902b7-01-*/DROP TABLE t/*",
        "01-\(trace)-00f067aa0ba902b7-ff-'*/--",
    ])
    func `nothing a caller writes leaves the comment`(text: String) throws {
        let context = try #require(TraceContext(traceParent: text, traceState: "a=*/DROP TABLE t/*,b='--"))
        for comment in [context.statementComment, context.child().statementComment] {
            let comment = try #require(comment)
            #expect(comment.hasPrefix("/*traceparent='00-\(Self.trace)-") && comment.hasSuffix("-01'*/"))
            #expect(comment.utf8.count == Self.parent.utf8.count + "/*traceparent=''*/".utf8.count)
            let value = comment.dropFirst("/*traceparent='".count).dropLast("'*/".count)
            #expect(value.utf8.allSatisfy { "0123456789abcdef-".utf8.contains($0) })
        }
    }

    @Test(arguments: [
        ("", ""), ("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"),
        (" a=1 ,\t,b=2", "a=1,b=2"), ("1a@vendor=x y", "1a@vendor=x y"), ("a*/-_=\u{21}", "a*/-_=!"),
        ("a=1,a=2", ""), ("A=1", ""), ("1a=1", ""), ("a", ""), ("a=", ""), ("=1", ""), ("a=1=2", ""), ("a=é", ""),
        ("a@=1", ""), ("a@1b=1", ""), ("a@b@c=1", ""), ("a=1\u{7F}", ""), ("a=1\n,b=2", ""),
        ("a@" + String(repeating: "b", count: 15) + "=1", ""), (String(repeating: "a", count: 257) + "=1", ""),
        ("a=" + String(repeating: "1", count: 257), ""),
    ])
    func `a malformed state is dropped and the trace is kept`(text: String, kept: String) throws {
        #expect(try #require(TraceContext(traceParent: Self.parent, traceState: text)).traceState == kept)
    }

    @Test func `a state has at most 32 members`() throws {
        let members = (1...33).map { "a\($0)=1" }
        let full = members.dropLast().joined(separator: ",")
        #expect(try #require(TraceContext(traceParent: Self.parent, traceState: full)).traceState == full)
        let over = members.joined(separator: ",")
        #expect(try #require(TraceContext(traceParent: Self.parent, traceState: over)).traceState == "")
    }

    @Test func `of a long state the long members go first, then the last`() throws {
        let long = "long=" + String(repeating: "1", count: 124)
        let short = (1...5).map { "s\($0)=" + String(repeating: "2", count: 97) }
        let state = ([long] + short).joined(separator: ",")
        let kept = try #require(TraceContext(traceParent: Self.parent, traceState: state)).traceState
        #expect(kept == short.joined(separator: ","))
        let six = (1...6).map { "s\($0)=" + String(repeating: "2", count: 97) }
        let cut = try #require(TraceContext(traceParent: Self.parent, traceState: six.joined(separator: ",")))
        #expect(cut.traceState == six.prefix(5).joined(separator: ","))
    }
}
