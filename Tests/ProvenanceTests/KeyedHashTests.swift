import Provenance
import Testing

@Suite("The keyed hash")
struct KeyedHashTests {
    /// The reference vectors of SipHash-2-4: the key 00…0f, and the bytes 00, 01, … so many.
    @Test(
        arguments: [
            (0, 0x726F_DB47_DD0E_0E31), (1, 0x74F8_39C5_93DC_67FD), (7, 0xAB02_00F5_8B01_D137),
            (8, 0x93F5_F579_9A93_2462), (15, 0xA129_CA61_49BE_45E5),
        ] as [(Int, UInt64)]
    )
    func `has the values of its authors`(count: Int, expected: UInt64) {
        let bytes = (0..<count).map(UInt8.init)
        #expect(KeyedHash.hash(bytes, key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)) == expected)
    }
}
