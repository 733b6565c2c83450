internal import Checks

/// Requires a ticket in a message: `ABC-123` or `#123`, as a separate word.
///
/// Subjects that git writes itself, of merges, reverts and commits for `rebase --autosquash`, pass.
struct Ticket: MessageCheck {
    static let name = "ticket"
    static let summary = "Requires a ticket in the message, such as `ABC-123` or `#123`."
    static let options = [
        CheckOption(
            "--keys", "KEY[,KEY]", "The projects whose tickets count; `#` alone is for `#123`."),
        CheckOption("--in-subject", nil, "The ticket must be in the subject."),
    ]
    static let examples = [
        Example("a ticket passes", text: "ABC-12: Close the file\n", .passes),
        Example("anywhere in the message", text: "Close the file\n\nFixes #12.\n", .passes),
        Example(
            "a message without one is found", text: "Close the file\n",
            .finds([Finding(message: "the message names no ticket, such as `ABC-123` or `#123`")])),
        Example(
            "keys can be given", ["--keys=ABC,DEF"], text: "XYZ-1: Close the file\n",
            .finds([Finding(message: "the message names no ticket, such as `ABC-123` or `DEF-123`")]
            )),
        Example(
            "a ticket in the subject can be required", ["--in-subject"],
            text: "Close the file\n\n#12\n",
            .finds([
                Finding(
                    line: 1, message: "the subject names no ticket, such as `ABC-123` or `#123`")
            ])),
        Example("git's own subjects pass", text: "Merge branch 'topic'\n", .passes),
    ]

    private var keys: [String] = []
    private var isInSubject = false

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            if name == "--keys" {
                keys += value.split(separator: ",").map(String.init)
            } else {
                isInSubject = true
            }
        }
    }

    func inspect(_ message: [UInt8]) -> [Finding] {
        let text = MessageText(message)
        guard let subject = text.subject else { return [Finding(message: "the subject is empty")] }
        if subject.isWritten { return [] }
        let lines = isInSubject ? [subject.text] : text.lines
        if lines.contains(where: namesTicket) { return [] }
        let shown = keys.isEmpty ? ["ABC", "#"] : keys
        let forms = shown.map { $0 == "#" ? "`#123`" : "`\($0)-123`" }.joined(separator: " or ")
        return isInSubject
            ? [
                Finding(
                    line: subject.line, message: "the subject names no ticket, such as \(forms)")
            ]
            : [Finding(message: "the message names no ticket, such as \(forms)")]
    }

    private func namesTicket(_ line: String) -> Bool {
        let isPart = { (byte: UInt8) in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "_")
                || byte.isLetterOrDigit
        }
        return line.utf8.split { !isPart($0) }.contains {
            isTicket(String(decoding: $0, as: UTF8.self))
        }
    }

    private func isTicket(_ word: String) -> Bool {
        let isNumber = { (text: Substring) in
            !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        if word.hasPrefix("#") {
            return (keys.isEmpty || keys.contains("#")) && isNumber(word.dropFirst())
        }
        guard let dash = word.lastIndex(of: "-"), isNumber(word[word.index(after: dash)...]) else {
            return false
        }
        let key = String(word[..<dash])
        if !keys.isEmpty { return keys.contains(key) }
        return key.utf8.count > 1 && (key.utf8.first.map { (0x41...0x5A).contains($0) } ?? false)
            && key.utf8.allSatisfy { $0.isLetterOrDigit && !(0x61...0x7A).contains($0) }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF)
    }
}
