/// The schema a table belongs to, and so the file it is written to.
package enum SampleSchemaName: String, Hashable, Sendable, CaseIterable {
    /// The testbed's monitor and the production catalogue.
    case monitor = "main"
    /// PanDA.
    case domaPanda = "doma_panda"
}
