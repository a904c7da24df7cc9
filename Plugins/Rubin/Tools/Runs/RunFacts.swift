package import PluginKit

/// What iDDS knows of a run.
package struct RunFacts: Hashable, Sendable {
    package let id: Int
    package let status: IDDSStatus
    package var name: String?
    package var user: String?
    package var created: Timestamp?
    package var updated: Timestamp?
    /// In the order of their PanDA tasks.
    package var transforms: [TransformFacts] = []
    /// How many transforms were not read, because there are too many.
    package var unreadTransforms = 0
    /// Older requests of the same name.
    package var otherIDs: [Int] = []
    /// Parts that could not be had, each with the reason.
    package var missingParts: [String] = []
    package var monitorURLs: [Link] = []

    package init(id: Int, status: IDDSStatus) {
        self.id = id
        self.status = status
    }
}
