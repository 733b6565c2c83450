import Foundation
import Testing

/// The harness must be able to fail; otherwise no scenario proves anything.
struct HarnessTests {
    private func complaints(_ text: String, timeout: Duration = .seconds(20)) async throws
        -> [String]
    {
        try await ScenarioRun(timeout: timeout).play(Scenario(text: text)).complaints
    }

    @Test func rightExpectationsAreAccepted() async throws {
        let text = """
            Files, folders, variables, statuses and several lines.

            == file a/b.txt
                one

                three
            $ cat a/b.txt
                one

                three

            $ cd a && export WORD=kept
            $ ls; echo $WORD
                b.txt
                kept
            $ for i in 1 2
            > do echo $i; done; (exit 3)
                1
                2
            ? 3
            """
        #expect(try await complaints(text) == [])
    }

    @Test(arguments: [
        "Wrong text.\n$ echo two\n    one",
        "Text where none is expected.\n$ echo one",
        "No text where some is expected.\n$ true\n    one",
        "Wrong status.\n$ (exit 2)\n? 1",
        "A failure that is not announced.\n$ false",
        "An announced failure that does not come.\n$ true\n? 1",
        "A line too many.\n$ echo one; echo two\n    one",
        "A shell that leaves.\n$ exit 0\n$ echo one\n    one",
        "A shell that cannot read.\n$ if\n? 2",
    ])
    func wrongExpectationsAreRefused(text: String) async throws {
        #expect(try await complaints(text).count == 1)
    }

    @Test func whatHangsIsStopped() async throws {
        let started = ContinuousClock.now
        let text = "It hangs.\n$ sleep 50 & sleep 50"
        let complaints = try await complaints(text, timeout: .milliseconds(300))
        #expect(complaints.contains { $0.hasPrefix("stopped after") })
        #expect(ContinuousClock.now - started < .seconds(30))
    }

    @Test func aProcessLeftBehindIsNamedAndKilled() async throws {
        let complaints = try await complaints("It stays.\n$ setsid sleep 51 </dev/null &")
        #expect(complaints == ["still running at the end: sleep 51"])
    }

    @Test func filesKeepTheirBytesAndModes() async throws {
        let text = """
            Every option.

            == file crlf.txt crlf
                a
                b
            == file open.txt no-newline
                a
            == file run +x
                #!/bin/sh
            == file bytes hex
                00 ff 0a
            == file empty
            $ od -An -tx1 crlf.txt open.txt bytes empty
                 61 0d 0a 62 0d 0a 61 00 ff 0a
            $ stat -c %a run open.txt
                755
                644
            $ cat crlf.txt bytes
                a\\r
                b\\r
                \\x00\\xff
            """
        #expect(try await complaints(text) == [])
    }

    @Test func whatChangesFromRunToRunIsMasked() async throws {
        let text = """
            Times, folders and ids.

            $ echo "took 0.41 s or 12 ms"; pwd; echo $HOME
                took TIME or TIME
                $WORK
                $BASE/home
            $ git init -q -b topic; git commit --allow-empty -m first; git rev-parse HEAD
                [topic (root-commit) ID] first
                ID
            """
        #expect(try await complaints(text) == [])
    }

    @Test func noSettingOfTheUserIsSeen() async throws {
        let text = """
            Only what the sandbox sets.

            $ git config --list --show-origin
            $ env | grep -c ^GIT_
                9
            $ tty
                not a tty
            ? 1
            """
        #expect(try await complaints(text) == [])
    }

    @Test func recordingWritesWhatHappened() async throws {
        let text = "Old.\n\n$ echo a; echo; echo b\n    old\n? 4\n\n$ false\nProse.\n"
        let outcome = try await ScenarioRun().play(Scenario(text: text))
        let expected = "Old.\n\n$ echo a; echo; echo b\n    a\n\n    b\n\n$ false\n? 1\nProse.\n"
        #expect(outcome.recorded.text == expected)
    }

    @Test(arguments: [
        ("$ true", "a scenario opens with a line of prose"),
        ("Prose only.", "a scenario runs at least one command"),
        ("Lost text.\n    text\n$ true", "this line belongs to nothing:     text"),
        ("Typing error.\n$true", "this line belongs to nothing: $true"),
        ("Zero.\n$ true\n? 0", "`?` is followed by a status above 0"),
        ("Option.\n== file a exec\n$ true", "unknown option exec"),
        ("Section.\n== folder a\n$ true", "expected `== file PATH [option...]`"),
        ("Hex.\n== file a hex\n    0g\n$ true", "not a hexadecimal byte: 0g"),
    ])
    func mistypedTextIsRefused(text: String, message: String) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(text: text) }
        #expect(error?.message == message)
    }

    @Test func textSurvivesReadingAndWriting() throws {
        for file in ScenarioFile.all {
            let text = try String(contentsOf: file.url, encoding: .utf8)
            #expect(try Scenario(text: text).text == text, "\(file.name) is not in its tidy form")
        }
    }
}
