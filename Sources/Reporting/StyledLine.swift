/// One line for the user: pieces of safe text, each in one style.
struct StyledLine {
    /// The style of a piece if there are colours; the raw value is the parameter of `ESC [ ... m`.
    enum Style: String {
        case plain = ""
        case dim = "2"
        case bold = "1"
        case green = "32"
        case yellow = "33"
        case red = "31"
        case boldRed = "1;31"
        case cyan = "36"
    }

    private var pieces: [(text: String, style: Style)] = []

    init(_ text: String = "", _ style: Style = .plain) {
        add(text, style)
    }

    /// Its width in columns.
    var width: Int { pieces.reduce(0) { $0 + displayWidth($1.text) } }

    /// Appends a piece, with spaces after it up to `padding` columns, or before it if `atEnd`.
    mutating func add(
        _ text: String, _ style: Style = .plain, padding: Int = 0, atEnd: Bool = false
    ) {
        let spaces = String(repeating: " ", count: max(0, padding - displayWidth(text)))
        if atEnd, !spaces.isEmpty { pieces.append((spaces, .plain)) }
        if !text.isEmpty { pieces.append((text, style)) }
        if !atEnd, !spaces.isEmpty { pieces.append((spaces, .plain)) }
    }

    /// The line cut to a number of columns.
    func fitted(to columns: Int) -> StyledLine {
        guard width > columns else { return self }
        var line = StyledLine()
        var room = columns - 1
        cutting: for piece in pieces {
            var kept = ""
            for character in piece.text {
                room -= displayWidth(String(character))
                if room < 0 {
                    line.add(kept, piece.style)
                    break cutting
                }
                kept.append(character)
            }
            line.add(kept, piece.style)
        }
        if columns > 0 { line.add("…") }
        return line
    }

    /// The text without a newline, with escapes only if `color`, and without spaces at its end.
    func text(color: Bool) -> String {
        var shown = pieces
        while let last = shown.last, last.text.allSatisfy({ $0 == " " }) { shown.removeLast() }
        return shown.map { piece in
            guard color, piece.style != .plain else { return piece.text }
            return "\u{1B}[\(piece.style.rawValue)m\(piece.text)\u{1B}[0m"
        }.joined()
    }
}

/// The width of a safe text on a terminal in columns, rather too large than too small.
///
/// Independent of the locale, unlike `wcwidth(3)`, which supports only ASCII in a static
/// binary.
func displayWidth(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
        if scalar == "\t" { return width + 8 }
        if scalar.value < 0x300 { return width + 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return width
        default: return width + (isWide(scalar) ? 2 : 1)
        }
    }
}

private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x1B2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
        0x20000...0x3FFFD:
        true
    default: scalar.properties.isEmojiPresentation
    }
}
