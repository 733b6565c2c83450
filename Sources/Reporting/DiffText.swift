/// A unified diff for the terminal: safe, with every control character visible, and with git's
/// colours.
func diffText(_ diff: [UInt8], color: Bool) -> String {
    var text = ""
    var isInHunk = false
    var lines = diff.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
        let shown = safeLine(line)
        let style: StyledLine.Style
        switch line.first {
        case UInt8(ascii: "@"):
            isInHunk = true
            style = .cyan
        case UInt8(ascii: "+") where isInHunk: style = .green
        case UInt8(ascii: "-") where isInHunk: style = .red
        case UInt8(ascii: " ") where isInHunk, UInt8(ascii: "\\") where isInHunk, nil:
            style = .plain
        default:
            isInHunk = false
            style = .bold
        }
        if color, style != .plain {
            text += "\u{1B}[\(style.rawValue)m\(shown)\u{1B}[0m\n"
        } else {
            text += shown + "\n"
        }
    }
    return text
}
