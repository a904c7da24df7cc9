/// The members of a JSON object in their order; two objects are equal whatever the order.
public struct JSONObject: Hashable, Sendable {
    /// One name with its value.
    public struct Member: Hashable, Sendable {
        /// The name, decoded.
        public let name: String
        /// What it names.
        public var value: JSONValue

        /// Creates a member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// How many members are searched one by one before a table of names pays.
    private static let indexThreshold = 16

    /// The members in their order, their names all different.
    public private(set) var members: [Member] = []
    private var index: [[UInt8]: Int] = [:]

    /// Creates an object without members.
    public init() {}

    /// Creates an object; of members with one name the last value counts.
    public init(members: [Member]) {
        self.members.reserveCapacity(members.count)
        for member in members {
            self[member.name] = member.value
        }
    }

    /// How many members there are.
    public var count: Int { members.count }

    /// The names in their order.
    public var names: [String] { members.map(\.name) }

    /// The value of a name; setting nil removes the member.
    public subscript(name: String) -> JSONValue? {
        get { position(of: name).map { members[$0].value } }
        set {
            switch (position(of: name), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    private func position(of name: String) -> Int? {
        // Bytes, because Swift compares strings by canonical equivalence and JSON by code point.
        index.isEmpty ? members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) } : index[Array(name.utf8)]
    }

    private mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
        if !index.isEmpty {
            index[Array(name.utf8)] = members.count - 1
        } else if members.count > Self.indexThreshold {
            rebuildIndex()
        }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        index.removeAll()
        if members.count > Self.indexThreshold { rebuildIndex() }
    }

    private mutating func rebuildIndex() {
        for (position, member) in members.enumerated() {
            index[Array(member.name.utf8)] = position
        }
    }

    /// Whether both have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    /// Hashes the members, whatever their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            sum &+= member.hashValue
        }
        hasher.combine(sum)
    }
}
