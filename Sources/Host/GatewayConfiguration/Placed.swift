/// Settings that remember where they stand.
protocol Placed: Hashable {
    var place: ConfigurationPlace { get set }
}

extension Placed {
    /// Whether two say the same, wherever they stand.
    func saysTheSame(as other: Self) -> Bool {
        var moved = other
        moved.place = place
        return self == moved
    }
}

extension PluginSettings: Placed {}
extension SourceSettings: Placed {}
extension IssuerSettings: Placed {}
extension ViewSettings: Placed {}
extension RoleSettings: Placed {}
extension IncludeSettings: Placed {}
extension IconSettings: Placed {}
extension KnownClientSettings: Placed {}
extension ServiceAccountSettings: Placed {}
extension SiteRuleSettings: Placed {}
extension TrustedNetworkSettings: Placed {}
