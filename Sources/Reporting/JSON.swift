/// A value to be written as JSON; objects keep the order of their keys.
package enum JSON {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    /// Text of another program: bytes that are not UTF-8 become U+FFFD.
    case bytes([UInt8])
    case array([JSON])
    case object([(key: String, value: JSON)])

    /// The value on one line, without a newline at its end.
    ///
    /// Control characters, line separators and controls of the writing direction are escaped, so
    /// that the line can be printed safely.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// The value with indentation: every member on its own line.
    package var indented: String {
        var text = ""
        write(to: &text, margin: "\n")
        return text
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    /// `margin` is the line break and the indentation of the line with the value.
    private func write(to text: inout String, margin: String) {
        let inner = margin + "  "
        switch self {
        case .array(let values) where !values.allSatisfy(\.isScalar):
            for (position, value) in values.enumerated() {
                text += (position == 0 ? "[" : ",") + inner
                value.write(to: &text, margin: inner)
            }
            text += margin + "]"
        case .array(let values):
            text += "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .object(let members) where !members.isEmpty:
            for (position, member) in members.enumerated() {
                text += (position == 0 ? "{" : ",") + inner
                JSON.quote(member.key, to: &text)
                text += ": "
                member.value.write(to: &text, margin: inner)
            }
            text += margin + "}"
        default: write(to: &text)
        }
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .string(let value): JSON.quote(value, to: &text)
        case .bytes(let value): JSON.quote(String(decoding: value, as: UTF8.self), to: &text)
        case .array(let values):
            text += "["
            for (position, value) in values.enumerated() {
                if position > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (position, member) in members.enumerated() {
                if position > 0 { text += "," }
                JSON.quote(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case let scalar where steersTerminal(scalar):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
