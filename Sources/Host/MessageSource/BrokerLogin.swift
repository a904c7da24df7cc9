/// Who the gateway is to a broker; never printed with its password.
package struct BrokerLogin: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package let user: String
    let password: String

    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    package var description: String { user }
    package var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
