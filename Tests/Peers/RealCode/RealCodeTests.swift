import Foundation
import TestSupport
import Testing

/// The sources of real programs, every tenth file spoilt, some of it staged in part.
@Test(.inTurn, arguments: ["black", "isort", "_pytest", "flake8"])
func commitOfRealCodeEqualsTheToolsByHand(package: String) throws {
    let code = try CodeBase(package: package)
    let spoilt = try filesToSpoil(of: code)
    let other = try #require(code.files.last { !spoilt.contains($0) })
    // Files that the commit does not touch are formatted only when there is time for it.
    try code.begin(formatting: Tested.isLong ? code.files : spoilt + [other])
    let edited = try spoil(spoilt, beside: other, of: code)
    try code.formatStaged(spoilt)
    let modes = try code.shell("git ls-files -s | cut -c 1-6,50-")

    let said = try code.shell("git commit -q -m change")

    try code.shell("mkdir ../commit && git archive HEAD | tar -x -C ../commit")
    #expect(
        try code.shell("diff -r ../commit ../byhand/work && echo same") == "same\n", "\(said)")
    #expect(try code.shell("git ls-files -s | cut -c 1-6,50-") == modes)
    try expectWorkingFiles(of: code, spoilt, edited)
    #expect(try code.text("untracked.py") == "x  =  'untracked'\n")
    #expect(try code.text("\(package)/ignored.log") == "x  =  'ignored'\n")

    // Exactly the user's own edits are left.
    let expected = edited.keys.map { " M \($0)" } + ["?? untracked.py"]
    let status = try code.shell("git status --porcelain").split(separator: "\n").map(String.init)
    #expect(Set(status) == Set(expected))
    try expectNothingLeftToFix(in: code)
}

/// A tenth of the files, spread over those that are long enough to be spoilt.
private func filesToSpoil(of code: CodeBase) throws -> [String] {
    let candidates = try code.files.filter { file in
        let text = try code.text(file)
        return text.count(where: \.isNewline) > 60
            && Unformatting.unformatted(text, isHalf: true) != text
    }
    let count = max(3, code.files.count / 10)
    try #require(candidates.count >= count)
    return (0..<count).map { candidates[$0 * candidates.count / count] }
}

/// Spoils and stages the files, and leaves unstaged edits in half of them and in `other`, which is
/// not staged.
///
/// - Returns: the working files that are not as they are staged.
private func spoil(
    _ files: [String], beside other: String, of code: CodeBase
) throws -> [String: String] {
    var edited: [String: String] = [:]
    for (number, file) in files.enumerated() {
        let text = Unformatting.unformatted(try code.text(file), isHalf: number % 4 == 0)
        // More than the fixers take back, so that something is left to commit.
        try code.write(file, text + (number % 2 == 1 ? "added  =  'staged'\n" : ""))
    }
    try code.shell("git add -A")
    let status = try code.shell("git diff --cached --name-only").split(separator: "\n")
    #expect(status.count == files.count, "not every file could be spoilt")
    for (number, file) in files.enumerated() where number % 2 == 0 {
        // Away from the fixes in one file, and among them in the next.
        edited[file] = UnstagedEdits.added(to: try code.text(file), isHalf: number % 4 == 0)
    }
    edited[other] = UnstagedEdits.added(to: try code.text(other), isHalf: false)
    for (file, text) in edited { try code.write(file, text) }
    try code.write("untracked.py", "x  =  'untracked'\n")
    try code.write("\(code.files[0].prefix { $0 != "/" })/ignored.log", "x  =  'ignored'\n")
    return edited
}

private func expectWorkingFiles(
    of code: CodeBase, _ spoilt: [String], _ edited: [String: String]
) throws {
    for file in spoilt where edited[file] == nil {
        #expect(try code.text(file) == code.text(file, in: "byhand/work"), "\(file)")
    }
    var merged = 0
    for (file, before) in edited {
        let merge = try code.merged(file, working: before)
        let now = try code.text(file)
        #expect(now == merge ?? before, "\(file)")
        if let merge, merge != before { merged += 1 }
        let own = { (text: String) in
            text.split(separator: "\n").filter { $0.hasPrefix("# mine") || $0.hasPrefix("mine") }
        }
        #expect(own(now) == own(before), "\(file)")
    }
    #expect(merged > 0, "no file was merged")
}

private func expectNothingLeftToFix(in code: CodeBase) throws {
    let before = try code.shell("git reset -q --soft HEAD~1; git ls-files -s; git diff | cksum")
    let said = try code.shell("hooks run pre-commit")
    #expect(said.contains("no problems found"), "\(said)")
    #expect(try code.shell("git ls-files -s; git diff | cksum") == before)
    if Tested.isLong { try code.shell("hooks run pre-commit --all --check") }
}
