internal import Checks

/// Requires a commit message with a short subject and a blank line below it.
///
/// The subject is the first line that is not blank, as in git. Length is counted in characters as
/// a reader counts them, not in bytes. Subjects that git writes itself, of merges, reverts and
/// commits for `rebase --autosquash`, may be of any length.
struct Subject: MessageCheck {
    static let name = "subject"
    static let summary = "Requires a commit message with a short subject and a blank line below it."
    static let options = [
        CheckOption("--max-length", "N", "How many characters the subject may have; 72 by default.")
    ]
    static let examples = [
        Example("a short subject passes", text: "Close the file\n", .passes),
        Example("so does one with a body", text: "Close the file\n\nIt was left open.\n", .passes),
        Example(
            "a message needs a subject", text: "",
            .finds([Finding(message: "the subject is empty")])),
        Example(
            "a long subject is found", ["--max-length=10"], text: "Close the file\n",
            .finds([Finding(line: 1, message: "the subject has 14 characters, more than 10")])),
        Example(
            "the second line must be blank", text: "Close the file\nIt was left open.\n",
            .finds([Finding(line: 2, message: "the line below the subject is not blank")])),
        Example(
            "a merge may be long", ["--max-length=10"], text: "Merge branch 'topic' into main\n",
            .passes),
        Example(
            "so may a fixup", ["--max-length=10"], text: "fixup! Close the file\n", .passes),
        Example(
            "and a revert", ["--max-length=10"], text: "Revert \"Close the file\"\n", .passes),
    ]

    private var limit = 72

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            limit = try Self.wholeNumber(value, of: name)
        }
    }

    func inspect(_ message: [UInt8]) -> [Finding] {
        let text = MessageText(message)
        guard let subject = text.subject else { return [Finding(message: "the subject is empty")] }
        var findings: [Finding] = []
        let length = subject.text.count
        if !subject.isWritten, length > limit {
            let message = "the subject has \(length) characters, more than \(limit)"
            findings.append(Finding(line: subject.line, message: message))
        }
        if !text.isBlank(belowLine: subject.line) {
            let message = "the line below the subject is not blank"
            findings.append(Finding(line: subject.line + 1, message: message))
        }
        return findings
    }
}
