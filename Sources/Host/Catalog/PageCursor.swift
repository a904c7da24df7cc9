package import GatewayCore
package import MCPModel

/// Where a page ended: opaque to clients, and harmless when it is forged.
///
/// It holds how many of the tools *the caller may see* came before, so that the worst a forged one does is to begin the
/// caller's own list elsewhere; whom it was given to need not be checked.
package struct PageCursor: Hashable {
    private static let length = 20

    /// The fingerprint of the list the page was cut from, as the caller sees it: what others see must not show in it.
    package let generation: UInt64
    /// The digest of the view's path and of what is listed.
    package let view: UInt64
    /// How many visible tools came before.
    package let position: UInt32

    /// Makes a cursor.
    package init(generation: UInt64, view: View, list: String = "tools", position: Int) {
        self.generation = generation
        self.view = Self.digest(view, list)
        self.position = UInt32(clamping: position)
    }

    /// Reads a cursor for a list of a view.
    package init(_ text: String, generation: UInt64, view: View, list: String = "tools") throws(CursorError) {
        guard let bytes = Base64.decoded(text.utf8), bytes.count == Self.length else { throw .invalid }
        self.generation = Self.integer(bytes[0..<8])
        self.view = Self.integer(bytes[8..<16])
        position = UInt32(truncatingIfNeeded: Self.integer(bytes[16..<20]))
        guard self.view == Self.digest(view, list) else { throw .invalid }
        guard self.generation == generation else { throw .outdated }
    }

    /// The cursor as clients see it.
    package var text: String {
        var bytes: [UInt8] = []
        Self.append(generation, 8, to: &bytes)
        Self.append(view, 8, to: &bytes)
        Self.append(UInt64(position), 4, to: &bytes)
        return Base64.encoded(bytes)
    }

    private static func digest(_ view: View, _ list: String) -> UInt64 {
        var fingerprint = Fingerprint()
        fingerprint.add(view.path.utf8)
        fingerprint.add(list.utf8)
        return fingerprint.value
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index)))
        }
    }
}
