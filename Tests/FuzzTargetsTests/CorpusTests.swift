import Foundation
import FuzzTargets
import Testing

/// What the fuzzer once found, and what it starts from, is tried with every run of the tests.
@Suite("What hostile bytes must not do")
struct CorpusTests {
    struct Input: CustomTestStringConvertible, Sendable {
        let target: FuzzTarget
        let path: String

        var testDescription: String { "\(target.rawValue)/\(path.split(separator: "/").last ?? "")" }
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("FuzzCorpus").path

    static let inputs = FuzzTarget.allCases.flatMap { target -> [Input] in
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(target.rawValue)")) ?? []
        return names.sorted().map { Input(target: target, path: "\(folder)/\(target.rawValue)/\($0)") }
    }

    @Test func `every target has inputs to start from`() {
        for target in FuzzTarget.allCases { #expect(Self.inputs.contains { $0.target == target }) }
    }

    @Test(arguments: inputs)
    func `what must hold, holds`(_ input: Input) throws {
        let bytes = try #require(FileManager.default.contents(atPath: input.path))
        #expect(input.target.fault(in: Array(bytes)) == nil)
    }

    /// Cut short, doubled, and with each bit of the first bytes turned.
    @Test(arguments: inputs)
    func `what must hold, holds for what is nearly the same`(_ input: Input) throws {
        let bytes = Array(try #require(FileManager.default.contents(atPath: input.path)))
        var neighbours = (0..<min(bytes.count, 64)).map { Array(bytes.prefix($0)) } + [bytes + bytes]
        for index in bytes.indices.prefix(64) {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << UInt8(bit)
                neighbours.append(changed)
            }
        }
        for neighbour in neighbours {
            if let fault = input.target.fault(in: neighbour) {
                Issue.record("\(fault): \(Data(neighbour).base64EncodedString())")
            }
        }
    }
}
