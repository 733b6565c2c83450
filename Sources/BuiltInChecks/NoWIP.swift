internal import Checks

/// Finds messages of unfinished commits: a subject that begins with `WIP`, in any case and
/// any brackets.
struct NoWIP: MessageCheck {
    static let name = "no-wip"
    static let summary = "Finds commits whose subject marks them as work in progress."
    static let options = [
        CheckOption(
            "--no-fixups", nil,
            "Also finds commits for `rebase --autosquash`, such as `fixup! ...`."
        )
    ]
    static let examples = [
        Example(
            "work in progress is found", text: "WIP: Close the file\n",
            .finds([Finding(line: 1, message: "the subject marks the commit as work in progress")])),
        Example(
            "in brackets too", text: "[wip] Close the file\n",
            .finds([Finding(line: 1, message: "the subject marks the commit as work in progress")])),
        Example(
            "and fixups with `--no-fixups`", ["--no-fixups"], text: "fixup! Close the file\n",
            .finds([
                Finding(
                    line: 1, message: "a commit for `git rebase --autosquash` that was left over")
            ])),
        Example("any other subject passes", text: "Wipe the disk\n", .passes),
        Example("a fixup passes", text: "fixup! Close the file\n", .passes),
    ]

    private let findsFixups: Bool

    init(arguments: [String]) throws(CheckArgumentError) {
        findsFixups = try !Self.read(arguments).isEmpty
    }

    func inspect(_ message: [UInt8]) -> [Finding] {
        guard let subject = MessageText(message).subject else { return [] }
        let words = subject.text.lowercased().split { !$0.isLetter && !$0.isNumber }
        if words.first == "wip" || words.prefix(3) == ["work", "in", "progress"] {
            let message = "the subject marks the commit as work in progress"
            return [Finding(line: subject.line, message: message)]
        }
        guard findsFixups, subject.isForAutosquash else { return [] }
        let message = "a commit for `git rebase --autosquash` that was left over"
        return [Finding(line: subject.line, message: message)]
    }
}
