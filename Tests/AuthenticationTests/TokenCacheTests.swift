import Authentication
import GatewayCore
import Testing

@Suite struct TokenCacheTests {
    private func token(_ subject: Int, until: Int64 = 10_000) -> VerifiedToken {
        VerifiedToken(principal: Principal(issuer: "i", subject: String(subject)), expiresAt: until)
    }

    private func digest(_ number: Int) -> [UInt8] {
        Array(String(number).utf8)
    }

    @Test func `remembers for its lifetime and not a second more`() {
        let cache = TokenCache(capacity: 10, lifetime: 60)
        cache.store(token(1), for: digest(1), at: 1000)
        #expect(cache.token(for: digest(1), at: 1059) == token(1))
        #expect(cache.token(for: digest(1), at: 1060) == nil)
        #expect(cache.token(for: digest(2), at: 1000) == nil)
    }

    @Test func `forgets what expires earlier, and what was stored in the future`() {
        let cache = TokenCache(capacity: 10, lifetime: 60)
        cache.store(token(1, until: 1010), for: digest(1), at: 1000)
        #expect(cache.token(for: digest(1), at: 1009) == token(1, until: 1010))
        #expect(cache.token(for: digest(1), at: 1010) == nil)
        #expect(cache.token(for: digest(1), at: 999) == nil)
        cache.store(token(2, until: 1000), for: digest(2), at: 1000)
        #expect(cache.count == 1)
    }

    @Test func `holds no more than its capacity and keeps the latest`() {
        let cache = TokenCache(capacity: 10, lifetime: 60)
        for number in 0..<1000 {
            cache.store(token(number), for: digest(number), at: 1000)
            #expect(cache.count <= 10)
            #expect(cache.token(for: digest(number), at: 1000) == token(number))
        }
        #expect(cache.token(for: digest(0), at: 1000) == nil)
    }

    @Test func `a cache without capacity remembers nothing`() {
        let cache = TokenCache(capacity: 0, lifetime: 60)
        cache.store(token(1), for: digest(1), at: 1000)
        #expect(cache.count == 0)
    }
}
