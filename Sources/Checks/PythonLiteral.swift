extension String {
    /// The text as a Python string literal in ASCII.
    package var pythonLiteral: String {
        var literal = "\""
        for scalar in unicodeScalars {
            if scalar == "\"" || scalar == "\\" {
                literal += "\\" + String(scalar)
            } else if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F {
                literal.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                literal += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return literal + "\""
    }
}
