internal import Checks

/// Finds conflict markers, while git is in the middle of a merge.
struct MergeConflict: TextCheck {
    static let name = "merge-conflict"
    static let summary = "Finds conflict markers that a merge left behind."
    static let standsFor: String? = "check-merge-conflict"
    static let differences = [
        "A line of `=======` counts only in a file that has one of the labelled markers too: it also "
            + "underlines headings in reST and AsciiDoc.",
        "A commit at which a cherry-pick, a revert or a rebase stopped counts as a merge; "
            + "pre-commit-hooks checks it only sometimes.",
    ]
    static let fixes = false
    static let unconfigured = ["--assume-in-merge"]
    static let options = [
        CheckOption(
            "--assume-in-merge", nil,
            "Checks every commit, not only while git is in the middle of a merge or the like.")
    ]
    static let examples = [
        Example(
            "all markers of a conflict are found",
            text: "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> topic\n",
            .finds([marker("<<<<<<<", 1), marker("=======", 3), marker(">>>>>>>", 5)])),
        Example(
            "so is the base that `diff3` shows",
            text: "<<<<<<< HEAD\none\n||||||| 1234567\n=======\ntwo\n>>>>>>> topic\n",
            .finds([
                marker("<<<<<<<", 1), marker("|||||||", 3), marker("=======", 4),
                marker(">>>>>>>", 6),
            ])),
        Example(
            "one labelled marker is enough", ["--assume-in-merge"], text: "one\n>>>>>>> topic\n",
            .finds([marker(">>>>>>>", 2)])),
        Example("an underlined heading passes", text: "Heading\n=======\n", .passes),
        Example("a marker within a line passes", text: "see <<<<<<< HEAD\n", .passes),
        Example("a longer line passes", text: "<<<<<<<<<<< one\n>>>>>>>>>>> two\n", .passes),
    ]

    /// How many of its character make a marker; git's default.
    private static let width = 7

    let isForMerges: Bool

    init(arguments: [String]) throws(CheckArgumentError) {
        isForMerges = try Self.read(arguments).isEmpty
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        guard file.content.withUnsafeBufferPointer(\.mayHaveMarkers) else { return .passed }
        var findings: [Finding] = []
        var isConflict = false
        file.content.withUnsafeBufferPointer { bytes in
            var (start, number) = (0, 1)
            while start < bytes.count {
                let end = bytes.lineEnd(from: start)
                if let sign = sign(of: bytes[start..<end]) {
                    isConflict = isConflict || sign == "<" || sign == ">"
                    let text = String(repeating: Character(sign), count: Self.width)
                    findings.append(Self.marker(text, number))
                }
                start = end + 1
                number += 1
            }
        }
        return isConflict ? Verdict(findings: findings) : .passed
    }

    /// The character of a marker; nil if the line, without its line feed, is not a marker.
    private func sign(of line: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        guard line.count >= Self.width, let first = line.first,
            first == 0x3C || first == 0x3D || first == 0x3E || first == 0x7C,
            line.prefix(Self.width).allSatisfy({ $0 == first })
        else { return nil }
        let next = line.dropFirst(Self.width).first
        let isBare = next == nil || (next == .carriageReturn && line.count == Self.width + 1)
        guard next == .space || (first == UInt8(ascii: "=") && isBare) else { return nil }
        return Unicode.Scalar(first)
    }

    private static func marker(_ text: String, _ line: Int) -> Finding {
        Finding(line: line, message: "conflict marker `\(text)`")
    }
}
