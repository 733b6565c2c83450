/// The output of another program in a safe form: text, newlines, tabs and, if wanted,
/// colours.
///
/// Escape sequences are left out, so that no program moves the cursor, sets the title or answers a
/// query; with `color`, well-formed colour sequences (`ESC [ ... m`) stay, and each line ends its
/// own. Other control characters are left out, bytes that are not UTF-8 and controls of the writing
/// direction become U+FFFD. Of a line that rewrites itself with carriage returns, the last rewrite
/// that shows anything stays. The result has at most three times the bytes of the output, and four
/// for each line that has colours.
package func safeOutput(_ output: some Sequence<UInt8>, color: Bool) -> String {
    var filter = OutputFilter(bytes: Array(output), color: color)
    return filter.run()
}

/// The end of a text that is safe to show: as many whole lines as fit the bounds, with how many
/// were left out.
struct OutputTail {
    /// The lines that are kept, without their newlines.
    var lines: [Substring]
    /// How many lines came before them.
    var leftOut: Int
    /// Whether the first kept line is only the end of a line that alone exceeds the bound.
    var cutsLine = false

    init(of text: String, lines maximum: Int = 200, bytes: Int = 64 * 1024) {
        var all = text.split(separator: "\n", omittingEmptySubsequences: false)
        while let last = all.last, last.allSatisfy(\.isWhitespace) { all.removeLast() }
        var size = 0
        var kept = 0
        for line in all.reversed() {
            size += line.utf8.count + 1
            if kept == maximum || size > bytes { break }
            kept += 1
        }
        if kept == 0, let last = all.last, maximum > 0 {
            var end = Substring.UnicodeScalarView()
            var room = bytes
            for scalar in last.unicodeScalars.reversed() {
                room -= UTF8.width(scalar)
                if room < 0 { break }
                end.append(scalar)
            }
            lines = [Substring(String(String.UnicodeScalarView(end.reversed())))]
            leftOut = all.count - 1
            cutsLine = true
            return
        }
        lines = Array(all.suffix(kept))
        leftOut = all.count - kept
    }
}

/// One pass over the bytes; see `safeOutput`.
private struct OutputFilter {
    let bytes: [UInt8]
    let color: Bool
    var position = 0
    var text = String.UnicodeScalarView()
    /// The line as last rewritten.
    var line = String.UnicodeScalarView()
    /// The content of `line` before a carriage return, until the rewrite shows something.
    var overwritten: String.UnicodeScalarView?
    var showsSomething = false
    var isColored = false

    init(bytes: [UInt8], color: Bool) {
        self.bytes = bytes
        self.color = color
    }

    mutating func run() -> String {
        while position < bytes.count {
            let (scalar, length) = scalar(in: bytes, at: position)
            position += length
            switch scalar {
            case "\n":
                endLine()
                text.append("\n")
            case "\r": startRewrite()
            case "\u{1B}": skipEscape()
            case "\t": show("\t")
            case let scalar? where scalar.properties.generalCategory == .control: break
            case let scalar? where !steersTerminal(scalar): show(scalar)
            default: show("\u{FFFD}")
            }
        }
        endLine()
        return String(text)
    }

    private mutating func show(_ scalar: Unicode.Scalar) {
        overwritten = nil
        showsSomething = true
        line.append(scalar)
    }

    private mutating func startRewrite() {
        guard showsSomething else { return }
        endColors()
        overwritten = line
        line.removeAll()
        showsSomething = false
    }

    private mutating func endLine() {
        if let overwritten {
            text.append(contentsOf: overwritten)
        } else {
            endColors()
            text.append(contentsOf: line)
        }
        line.removeAll()
        overwritten = nil
        showsSomething = false
        isColored = false
    }

    private mutating func endColors() {
        if isColored { line.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
        isColored = false
    }

    /// Leaves out the sequence that follows an ESC, or only the ESC where no sequence is
    /// well-formed.
    private mutating func skipEscape() {
        guard position < bytes.count else { return }
        switch bytes[position] {
        case UInt8(ascii: "["): skipControlSequence()
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
            UInt8(ascii: "_"):
            skipString()
        case 0x20...0x2F:
            var end = position
            while end < bytes.count, (0x20...0x2F).contains(bytes[end]), end - position < 4 {
                end += 1
            }
            if end < bytes.count, (0x30...0x7E).contains(bytes[end]) { position = end + 1 }
        case 0x30...0x7E: position += 1
        default: break
        }
    }

    /// `ESC [`, parameters, intermediates, final byte.
    private mutating func skipControlSequence() {
        let parameters = position + 1
        let limit = min(bytes.count, parameters + 64)
        var end = parameters
        while end < limit, (0x30...0x3F).contains(bytes[end]) { end += 1 }
        let intermediates = end
        while end < limit, (0x20...0x2F).contains(bytes[end]) { end += 1 }
        guard end < limit, (0x40...0x7E).contains(bytes[end]) else { return }
        position = end + 1
        let sequence = bytes[parameters..<intermediates]
        guard color, bytes[end] == UInt8(ascii: "m"), intermediates == end,
            sequence.allSatisfy({ (0x30...0x3B).contains($0) })
        else { return }
        line.append("\u{1B}")
        line.append("[")
        for byte in sequence { line.append(Unicode.Scalar(byte)) }
        line.append("m")
        isColored = !(sequence.isEmpty || sequence.elementsEqual([UInt8(ascii: "0")]))
    }

    /// A title, hyperlink or other string, up to BEL or `ESC \` on the same line.
    private mutating func skipString() {
        var end = position + 1
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x07, bytes[end] != 0x1B {
            end += 1
        }
        guard end < bytes.count else { return }
        if bytes[end] == 0x07 {
            position = end + 1
        } else if bytes[end] == 0x1B, end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "\\") {
            position = end + 2
        }
    }
}
