/// Equality of values as JSON Schema means it (section 4.2.2): numbers by value, objects whatever their order.
enum JSONSchemaEquality {
    static func isEqual(_ left: JSONNode, _ right: JSONNode, steps: inout Int) -> Bool {
        steps -= 1
        let (first, second) = (left.entry, right.entry)
        guard first.kind == second.kind, steps > 0 else { return false }
        switch first.kind {
        case .null, .true, .false:
            return true
        case .number:
            if !first.isIndirect, !second.isIndirect, let first = left.integer, let second = right.integer {
                return first == second
            }
            steps -= Int(first.end - first.start) / 16
            return left.decimal == right.decimal
        case .string:
            steps -= Int(second.end - second.start) / 64
            return isEqualText(left, right)
        case .array:
            return isEqualArray(left, right, steps: &steps)
        case .object:
            return isEqualObject(left, right, steps: &steps)
        }
    }

    private static func isEqualText(_ left: JSONNode, _ right: JSONNode) -> Bool {
        if left.entry.isIndirect || right.entry.isIndirect { return left.utf8 == right.utf8 }
        return left.bytes.elementsEqual(right.bytes)
    }

    private static func isEqualArray(_ left: JSONNode, _ right: JSONNode, steps: inout Int) -> Bool {
        var (elements, others) = (left.elements, right.elements)
        while let element = elements.next() {
            guard let other = others.next(), isEqual(element, other, steps: &steps) else { return false }
        }
        return others.next() == nil
    }

    private static func isEqualObject(_ left: JSONNode, _ right: JSONNode, steps: inout Int) -> Bool {
        var values: [ArraySlice<UInt8>: JSONNode] = [:]
        for member in left.members {
            steps -= 1
            values[member.key.utf8] = member.value
        }
        var count = 0
        for member in right.members {
            guard let value = values[member.key.utf8], isEqual(value, member.value, steps: &steps) else {
                return false
            }
            count += 1
        }
        return count == values.count
    }

    /// A hash that equal values share.
    static func hash(_ node: JSONNode, steps: inout Int) -> Int {
        steps -= 1
        guard steps > 0 else { return 0 }
        var hasher = Hasher()
        let entry = node.entry
        hasher.combine(entry.kind)
        switch entry.kind {
        case .null, .true, .false: break
        case .number: hasher.combine(node.decimal)
        case .string: hasher.combine(node.utf8)
        case .array:
            for element in node.elements { hasher.combine(hash(element, steps: &steps)) }
        case .object:
            var sum = 0
            for member in node.members {
                var inner = Hasher()
                inner.combine(member.key.utf8)
                inner.combine(hash(member.value, steps: &steps))
                sum &+= inner.finalize()
            }
            hasher.combine(sum)
        }
        return hasher.finalize()
    }
}
