import Foundation
import TestSupport
import Testing

/// Trees in one test, which run after each other, and the steps of each.
private let portion = Tested.isLong ? 25 : 5
private let steps = 9

/// Programs that look around, of different make; see `Tests/Trust/Random/programs.sh`.
private let programs = "ruff flake8 compile grep find make git" + (Tested.isLong ? " collect" : "")

@Test("random trees", .inTurn, arguments: 0..<(Tested.isLong ? 20 : 5))
func programsSayInTheStageWhatTheySayInAClone(number: Int) throws {
    var (tried, held) = (0, 0)
    for seed in (number * portion)..<((number + 1) * portion) {
        let story = RandomTree(seed: seed, steps: steps)
        tried += story.cases
        let complaint = try played(story)
        if complaint.isEmpty {
            held += story.cases
        } else {
            Issue.record(
                """
                seed \(seed):
                \(complaint)
                As lines of shell, with `. Tests/Trust/Random/tree.sh` before them:
                \(story.script)
                """)
        }
    }
    Tally.count("trees in a stage and in a clone", tried: tried, held: held)
}

/// What was not the same; nothing when all was.
private func played(_ story: RandomTree) throws -> String {
    let scratch = try Scratch()
    try scratch.write("bin/story", Array(story.script.utf8))
    try scratch.write(
        "config",
        Array("[filter \"turn\"]\n\tclean = tr a-mn-z n-za-m\n\tsmudge = tr a-mn-z n-za-m\n".utf8))
    let folder = Tested.project.appending(path: "Tests/Trust/Random").path
    let program = try Tested.binary().deletingLastPathComponent().path
    let ended = try scratch.run(
        ["sh", "-c", "exec 2>&1; . '\(folder)/tree.sh'; . '\(scratch.url.path)/bin/story'"],
        environment: [
            "BASE": scratch.url.path, "WITH": folder, "PROGRAMS": programs,
            "GIT_CONFIG_GLOBAL": scratch.url.path + "/config",
            "PATH": "\(program):\(try Tested.tools().path):/usr/bin:/bin",
        ])
    // What a job closed is opened again, so that the folder can go.
    try scratch.shell("chmod -R u+rwX .")
    return ended.text
}
