import FuzzTargets
import Glibc

/// What `BEAMLINE_FUZZ_TARGET` names.
private let target: FuzzTarget = {
    let name = unsafe getenv("BEAMLINE_FUZZ_TARGET").map { unsafe String(cString: $0) }
    guard let target = name.flatMap(FuzzTarget.init) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("BEAMLINE_FUZZ_TARGET must be one of \(names).")
    }
    return target
}()

/// Called by libFuzzer with one input after another.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    if let fault = target.fault(in: unsafe Array(UnsafeBufferPointer(start: start, count: count))) {
        fatalError("\(target.rawValue): \(fault)")
    }
    return 0
}
