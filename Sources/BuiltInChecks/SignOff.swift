internal import Checks

/// Requires a `Signed-off-by:` trailer, with which a contributor agrees to the Developer
/// Certificate of Origin.
///
/// Merges that git describes itself pass.
struct SignOff: MessageCheck {
    static let name = "sign-off"
    static let summary = "Requires a `Signed-off-by:` line at the end of the message."
    static let examples = [
        Example(
            "a message that is signed off passes",
            text: "Close the file\n\nSigned-off-by: Ada <ada@example.org>\n", .passes),
        Example(
            "one that is not is found", text: "Close the file\n", .finds([finding])),
        Example(
            "the line must be at the end",
            text: "Close the file\n\nSigned-off-by: Ada <ada@example.org>\n\nIt was open.\n",
            .finds([finding])),
        Example(
            "it must have a name and an address", text: "Close the file\n\nSigned-off-by: Ada\n",
            .finds([finding])),
        Example("a merge passes", text: "Merge branch 'topic'\n", .passes),
    ]

    private static let finding = Finding(
        message: "no line `Signed-off-by: NAME <ADDRESS>` at the end; `git commit -s` adds it")

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspect(_ message: [UInt8]) -> [Finding] {
        let text = MessageText(message)
        if text.subject?.text.hasPrefix("Merge ") == true { return [] }
        return text.trailers.contains(where: isSignature) ? [] : [Self.finding]
    }

    private func isSignature(_ line: String) -> Bool {
        let mark = "signed-off-by:"
        guard line.lowercased().hasPrefix(mark) else { return false }
        let value = line.dropFirst(mark.count).drop { $0 == " " }
        guard let open = value.firstIndex(of: "<"), value.last == ">" else { return false }
        let address = value[value.index(after: open)...].dropLast()
        return value[..<open].contains { !$0.isWhitespace } && address.contains("@")
    }
}
