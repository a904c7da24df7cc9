/// What must be true of a file before the system's loader may touch it (ELF-64, System V ABI chapter 4).
///
/// The loader maps what the headers promise; a file that was cut short ends the process with SIGBUS later.
package enum ELFImage {
    /// Why a file is not loadable here.
    ///
    /// A sentence for the operator.
    package struct Failure: Error, Hashable, Sendable {
        package let reason: String
    }

    /// The machine this program was compiled for, as `e_machine` names it.
    static var ownMachine: UInt16 {
        BundleTarget.own.machine
    }

    /// The machine a library is for; nil for one that bundles have no name for, and for what is no library.
    static func target(of bytes: [UInt8]) -> BundleTarget? {
        BundleTarget.allCases.first { target in
            do throws(Failure) {
                try check(bytes, machine: target.machine)
                return true
            } catch {
                return false
            }
        }
    }

    private static let headerBytes = 64

    /// Checks that bytes are a whole shared library for a machine.
    static func check(_ bytes: [UInt8], machine: UInt16 = ownMachine) throws(Failure) {
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
            throw Failure(reason: "The file is no ELF library; name the plugin's .so built for Linux.")
        }
        guard bytes.count >= headerBytes else { throw cutShort }
        guard bytes[4] == 2, bytes[5] == 1 else {
            throw Failure(reason: "The library is not 64-bit little-endian; rebuild it for this machine.")
        }
        let type = half(bytes, 16)
        guard type == 3 else {
            throw Failure(reason: "The file is no shared library (ELF type \(type)); link it with -shared.")
        }
        let found = half(bytes, 18)
        guard found == machine else {
            throw Failure(
                reason: "The library is for \(name(found)) and this machine is \(name(machine)); rebuild it."
            )
        }
        try checkSegments(bytes)
        try checkTable(bytes, offset: word(bytes, 40), entry: half(bytes, 58), count: half(bytes, 60))
    }

    private static let cutShort = Failure(reason: "The library is cut short; copy it again.")

    private static func checkSegments(_ bytes: [UInt8]) throws(Failure) {
        let (offset, entry, count) = (word(bytes, 32), half(bytes, 54), half(bytes, 56))
        guard entry == 56, count > 0 else { throw Failure(reason: "The library has no program headers; rebuild it.") }
        try checkTable(bytes, offset: offset, entry: entry, count: count)
        var isDynamic = false
        for index in 0..<Int(count) {
            let header = Int(offset) + index * Int(entry)
            isDynamic = isDynamic || full(bytes, header) == 2
            let (end, overflows) = word(bytes, header + 8).addingReportingOverflow(word(bytes, header + 32))
            guard !overflows, end <= UInt64(bytes.count) else { throw cutShort }
        }
        guard isDynamic else { throw Failure(reason: "The library has no dynamic section; link it with -shared.") }
    }

    private static func checkTable(_ bytes: [UInt8], offset: UInt64, entry: UInt16, count: UInt16) throws(Failure) {
        let (end, overflows) = offset.addingReportingOverflow(UInt64(entry) * UInt64(count))
        guard !overflows, end <= UInt64(bytes.count) else { throw cutShort }
    }

    private static func name(_ machine: UInt16) -> String {
        switch machine {
        case 62: "x86-64"
        case 183: "AArch64"
        default: "machine \(machine)"
        }
    }

    private static func half(_ bytes: [UInt8], _ offset: Int) -> UInt16 { number(bytes, offset) }
    private static func full(_ bytes: [UInt8], _ offset: Int) -> UInt32 { number(bytes, offset) }
    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 { number(bytes, offset) }

    private static func number<Number: FixedWidthInteger>(_ bytes: [UInt8], _ offset: Int) -> Number {
        var value: Number = 0
        for index in (0..<Number.bitWidth / 8).reversed() {
            value = value << 8 | Number(bytes[offset + index])
        }
        return value
    }
}
