import Foundation
import TestSupport
import Testing

/// Cases in one test, which run after each other.
private let portion = Tested.isLong ? 100 : 50

@Test("random repositories", .inTurn, arguments: 0..<(Tested.isLong ? 20 : 4))
func randomCommitIsWhatPlumbingAndTheFixerMakeOfIt(number: Int) throws {
    let oracle = Tested.project.appending(path: "Tests/Trust/Random/oracle.sh").path
    let program = try Tested.binary().deletingLastPathComponent().path
    var held = 0
    var files = 0
    for seed in (number * portion)..<((number + 1) * portion) {
        let story = RandomRepository(seed: seed)
        files += story.states.count + 1
        let scratch = try Scratch()
        try scratch.write("oracle/story", Array(story.script.utf8))
        try scratch.shell("mkdir work")
        let ended = try scratch.run(
            ["sh", "-c", "exec 2>&1; . '\(oracle)'; . ../oracle/story"], in: "work",
            environment: [
                "BASE": scratch.url.path + "/oracle", "PATH": "\(program):/usr/bin:/bin",
            ])
        if ended.text.isEmpty {
            held += 1
        } else {
            Issue.record(
                """
                seed \(seed): \(ended.text)
                As a scenario, with `. Tests/Trust/Random/oracle.sh` before it:
                \(story.script)
                """)
        }
    }
    Tally.count("random repositories \(number), \(files) files", tried: portion, held: held)
}
