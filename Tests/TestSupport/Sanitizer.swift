import Glibc

/// What a sanitizer takes away: memory that is counted and limited, since its shadow is as large as the address space.
package enum Sanitizer {
    /// Whether `scripts/test --sanitize` runs.
    package static let isOn = unsafe getenv("BEAMLINE_SANITIZE") != nil
}
