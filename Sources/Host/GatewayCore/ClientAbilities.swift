/// What a client can be asked on behalf of a call, as it declared.
package struct ClientAbilities: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// It shows the user a form.
    package static let form = ClientAbilities(rawValue: 1)
    /// Its forms have fields that take several choices.
    package static let manyChoices = ClientAbilities(rawValue: 16)
    /// It asks the user to open a link.
    package static let link = ClientAbilities(rawValue: 2)
    /// It lets its model write something.
    package static let sampling = ClientAbilities(rawValue: 4)
    /// It says which folders it works on.
    package static let roots = ClientAbilities(rawValue: 8)
}
