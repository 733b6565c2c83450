/// How the lines of a working file end.
///
/// They may differ from what a checkout would write: with `text=auto` or `autocrlf` git treats both
/// as the same content. A fix is merged with the endings that the user has.
enum LineEndings {
    case lf
    case crlf
    /// Both, or no line at all.
    case mixed

    /// The endings of `content`, if all of its lines end alike.
    init(alikeIn content: [UInt8]) {
        var seen: Set<LineEndings> = []
        var previous: UInt8 = 0
        for byte in content {
            if byte == 0x0a { seen.insert(previous == 0x0d ? .crlf : .lf) }
            previous = byte
        }
        self = seen.count == 1 ? seen.first ?? .mixed : .mixed
    }

    /// The content with these endings; unchanged if its own lines do not all end alike.
    func applied(to content: [UInt8]) -> [UInt8] {
        let own = LineEndings(alikeIn: content)
        switch (own, self) {
        case (.lf, .crlf): return content.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
        case (.crlf, .lf):
            return content.indices.filter { position in
                let next = position + 1
                return content[position] != 0x0d || next == content.count || content[next] != 0x0a
            }.map { content[$0] }
        default: return content
        }
    }
}
