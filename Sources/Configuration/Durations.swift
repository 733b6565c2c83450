internal import Notation

extension Node {
    /// A duration longer than zero.
    ///
    /// - Parameter complaint: the message for a value that is not a string.
    func duration(
        else complaint: String = "must be a string with a unit"
    ) throws(ConfigurationError) -> Duration {
        let hints = ["write it as `500ms`, `30s`, `1m30s`, `2m` or `1h`"]
        guard case .string(let text) = content else {
            throw error("\(title) \(complaint)", hints: hints)
        }
        guard let duration = Duration(spelled: text) else {
            throw error("\(title) is not a duration: \(quoted(text))", hints: hints)
        }
        guard duration > .zero else {
            throw error("\(title) must be longer than zero", hints: hints)
        }
        return duration
    }
}

extension Duration {
    /// Numbers with a unit each, the larger unit first: `1h`, `1m30s`, `500ms`; `nil` for anything
    /// else.
    init?(spelled text: String) {
        let units: [(name: String, length: Duration)] = [
            ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)),
            ("ms", .milliseconds(1)),
        ]
        var rest = Substring(text).utf8
        var smallest = -1
        var total = Duration.zero
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !(0x30...0x39).contains($0) }
            rest = rest.dropFirst(unit.count)
            // Nine digits of hours are far from overflow.
            guard (1...9).contains(digits.count), let number = Int(Substring(digits)),
                let position = units.firstIndex(where: { $0.name.utf8.elementsEqual(unit) }),
                position > smallest
            else { return nil }
            smallest = position
            total += units[position].length * number
        }
        guard smallest >= 0 else { return nil }
        self = total
    }
}
