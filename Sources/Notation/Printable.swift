/// A word of the file in backticks, safe for a terminal: control and direction characters become
/// `\u{..}`, and a long word is cut.
package func quoted(_ word: String) -> String {
    "`\(printable(word, limit: 60))`"
}

/// Text that cannot steer a terminal, at most `limit` characters of it.
package func printable(_ text: String, limit: Int) -> String {
    var result = ""
    for (position, scalar) in text.unicodeScalars.enumerated() {
        if position == limit {
            return result + "..."
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default:
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}
