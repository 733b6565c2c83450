package import SystemPackage

/// A file name in a safe form, quoted as git does with `core.quotePath=false`.
///
/// A name that is printable UTF-8 stays as it is. Any other is put in double quotes, with `\n`,
/// `\t`, `\"`, `\\` and the like, and an octal escape for each byte that is invalid or belongs to a
/// control, bidirectional or invisible character. A name that starts with `-`, or with a space at
/// either end, is quoted so that it cannot be taken for an option or for a shorter name.
package func safeName(_ name: some Sequence<UInt8>) -> String {
    let bytes = Array(name)
    var quoted = ""
    var mustQuote = bytes.isEmpty || bytes.first == UInt8(ascii: "-")
    var position = 0
    while position < bytes.count {
        let (scalar, length) = scalar(in: bytes, at: position)
        let encoded = bytes[position..<min(position + length, bytes.count)]
        position += length
        if let scalar, scalar.properties.isWhitespace,
            encoded.startIndex == 0 || position == bytes.count
        {
            mustQuote = true
        }
        if let scalar, scalar != "\"", scalar != "\\", isPrintable(scalar) {
            quoted.unicodeScalars.append(scalar)
        } else {
            mustQuote = true
            for byte in encoded { quoted += escaped(byte) }
        }
    }
    return mustQuote ? "\"\(quoted)\"" : quoted
}

/// A path in a safe form; see `safeName` of its bytes.
package func safeName(_ path: FilePath) -> String {
    safeName(
        path.withPlatformString { start in
            UnsafeBufferPointer(start: start, count: path.length).map { UInt8(bitPattern: $0) }
        })
}

/// The lines of a program's output as safe text, without empty ones; CR ends a line too.
package func safeLines(_ output: [UInt8]) -> [String] {
    output.split(whereSeparator: { $0 == 10 || $0 == 13 }).map { safeLine($0) }
}

/// The last preferred line of a program's output, or else the last one; nil without output.
package func lastLine(
    of output: [UInt8], preferring isPreferred: (String) -> Bool = { _ in true }
) -> String? {
    let lines = safeLines(output)
    return lines.last(where: isPreferred) ?? lines.last
}

/// Any bytes as one line of safe text.
///
/// Tabs stay. Any other control character becomes visible as `^X`, a control of the writing
/// direction as `<U+202E>`, and a byte that is not UTF-8 as U+FFFD.
package func safeLine(_ text: some Sequence<UInt8>) -> String {
    let bytes = Array(text)
    var safe = ""
    var position = 0
    while position < bytes.count {
        let (scalar, length) = scalar(in: bytes, at: position)
        position += length
        guard let scalar else {
            safe += "\u{FFFD}"
            continue
        }
        if scalar == "\t" || !steersTerminal(scalar) {
            safe.unicodeScalars.append(scalar)
        } else if scalar.isASCII {
            safe.unicodeScalars.append("^")
            safe.unicodeScalars.append(
                Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) ^ 0x40))
        } else {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            safe += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
        }
    }
    return safe
}

/// Whether a terminal, or a reader, could be misled by this character: C0, DEL, C1, line separators
/// and the controls of the writing direction.
func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isBidiControl
    }
}

/// The scalar that starts at a position, or nil for bytes that are not UTF-8, and how many bytes it
/// takes, at least 1.
func scalar(in bytes: [UInt8], at position: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    guard position >= 0, position < bytes.count else { return (nil, 1) }
    let first = bytes[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    var following = bytes[position..<min(bytes.count, position + 4)].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    switch parser.parseScalar(from: &following) {
    case .valid(let encoded): return (Unicode.UTF8.decode(encoded), encoded.count)
    case .error(let length): return (nil, max(1, length))
    case .emptyInput: return (nil, 1)
    }
}

/// Whether a name may contain this character unescaped: not a control, invisible, or one that
/// reorders its neighbours.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return false }
    return properties.generalCategory != .format && !steersTerminal(scalar)
}

/// One byte as git's `quote_c_style` writes it.
private func escaped(_ byte: UInt8) -> String {
    switch byte {
    case 0x07: return "\\a"
    case 0x08: return "\\b"
    case 0x09: return "\\t"
    case 0x0A: return "\\n"
    case 0x0B: return "\\v"
    case 0x0C: return "\\f"
    case 0x0D: return "\\r"
    case UInt8(ascii: "\""): return "\\\""
    case UInt8(ascii: "\\"): return "\\\\"
    default:
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
