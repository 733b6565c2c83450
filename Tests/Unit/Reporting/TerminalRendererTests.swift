import Reporting
import Testing

@Suite struct PlainOutputTests {
    @Test func everyStatusHasItsLineInPlannedOrder() {
        let stage = Stage()
        stage.play(SampleRun.events)
        #expect(stage.messages.text == SampleRun.plainText)
        #expect(stage.data.text.isEmpty)
    }

    @Test func lineComesAsSoonAsAllEarlierJobsAreDone() {
        let stage = Stage()
        stage.play(Array(SampleRun.events.prefix(9)))
        #expect(stage.messages.text.isEmpty)
        stage.play([SampleRun.events[9]])
        #expect(stage.messages.text.split(separator: "\n").count == 8)
    }

    @Test func quietShowsOnlyWhatIsBad() {
        let stage = Stage(verbosity: .quiet)
        stage.play(SampleRun.events)
        #expect(
            stage.messages.text == """
                flake8               failed   12 files               1.23 s
                  a.py:1:1: F401 unused

                  b.py:2
                eslint               broken   1 file                   3 ms
                  `eslint` not found
                  hint: install it with `npm install`
                hooks: 1 job failed, 1 is broken
                hint: run `hooks fix`

                """)
    }

    @Test func quietSaysNothingOfARunThatEndedWell() {
        let stage = Stage(Terminal(isTerminal: true), verbosity: .quiet)
        stage.play([
            .planned([PlannedJob(name: "black", files: 1)]), .started(job: 0),
            .finished(job: 0, JobReport(status: .passed, files: 1)),
            .ended(Summary(message: "all passed", exitStatus: .fine)),
        ])
        #expect(stage.messages.bytes.isEmpty)
    }

    @Test func verboseNamesFixedFilesAndShowsAllOutput() {
        let stage = Stage(verbosity: .verbose)
        stage.play(SampleRun.events)
        #expect(
            stage.messages.text.hasPrefix(
                """
                trailing-whitespace  passed   12 files                12 ms
                  ok
                black                fixed    3 of 12 files fixed    0.41 s
                  a.py
                  b.py
                  c.py
                  reformatted
                flake8               failed
                """))
    }

    @Test func runWithoutJobsAndMessageSaysNothing() {
        let stage = Stage(Terminal(isTerminal: true, color: true))
        stage.play([.planned([]), .ended(Summary(message: "", exitStatus: .fine))])
        #expect(stage.messages.bytes.isEmpty)
    }

    @Test func jobWithoutFilesThatRanIsShown() {
        let stage = Stage()
        stage.play([
            .planned([PlannedJob(name: "tests", files: 0)]), .started(job: 0),
            .finished(job: 0, JobReport(status: .passed, elapsed: .seconds(75))),
        ])
        #expect(stage.messages.text == "tests  passed    1m 15s\n")
    }

    @Test func longOutputKeepsItsLastLines() {
        let stage = Stage()
        let output = (1...1434).map { "line \($0)\n" }.joined()
        stage.play(failing(output))
        let lines = stage.messages.text.split(separator: "\n")
        #expect(lines[1] == "  ... 1234 lines left out; the last 200 follow")
        #expect(lines[2] == "  line 1235")
        #expect(lines.count == 202)
    }

    @Test func wideOutputIsBoundInBytes() {
        let stage = Stage()
        stage.play(failing("first\n" + String(repeating: "é", count: 100_000)))
        let lines = stage.messages.text.split(separator: "\n")
        #expect(lines[1] == "  ... the start is left out; the end of a long line follows")
        #expect(lines[2] == "  " + String(repeating: "é", count: 32 * 1024))
    }

    @Test func jobsThatNeverEndedDoNotHideThoseThatDid() {
        let stage = Stage()
        stage.play(Array(SampleRun.events.prefix(6)))
        stage.play([.ended(Summary(message: "interrupted", exitStatus: .signal(2)))])
        #expect(
            stage.messages.text == """
                eslint               broken   1 file                   3 ms
                  `eslint` not found
                  hint: install it with `npm install`
                hooks: interrupted

                """)
    }

    @Test func unplannedAndRepeatedReportsAreIgnored() {
        let stage = Stage()
        let report = JobReport(status: .passed, files: 1)
        stage.play([
            .finished(job: 0, report), .planned([PlannedJob(name: "a", files: 1)]),
            .started(job: 9), .finished(job: 9, report), .finished(job: -1, report),
            .finished(job: 0, report), .finished(job: 0, report),
        ])
        #expect(stage.messages.text == "a  passed   1 file           0 ms\n")
    }

    @Test func diffIsDataAndUnchangedForAProgram() {
        let stage = Stage()
        stage.play(fixing("--- a\n+++ b\n@@ -1 +1 @@\n-a\r\n+a\n"))
        #expect(stage.data.text == "--- a\n+++ b\n@@ -1 +1 @@\n-a\r\n+a\n")
        #expect(!stage.messages.text.contains("@@"))
    }

    @Test func diffIsSafeAndColoredForAPerson() {
        let stage = Stage(data: Terminal(isTerminal: true, color: true))
        stage.play(fixing("--- a\n+++ b\n@@ -1 +1 @@\n-a\r\n+\u{1B}[2J\n"))
        #expect(
            stage.data.text == "\u{1B}[1m--- a\u{1B}[0m\n\u{1B}[1m+++ b\u{1B}[0m\n"
                + "\u{1B}[36m@@ -1 +1 @@\u{1B}[0m\n\u{1B}[31m-a^M\u{1B}[0m\n"
                + "\u{1B}[32m+^[[2J\u{1B}[0m\n")
    }

    @Test func errorShowsMessageAndHintsAfterWhatWaited() {
        let stage = Stage()
        stage.play(Array(SampleRun.events.prefix(6)))
        stage.renderer.report(SampleError())
        #expect(
            stage.messages.text.hasSuffix(
                """
                error: unknown key `fles`^[
                hint: did you mean `files`?

                """))
        #expect(stage.messages.text.hasPrefix("eslint"))
    }

    @Test func colorsMarkStatusAndHint() {
        let stage = Stage(Terminal(color: true))
        stage.play(SampleRun.events)
        stage.renderer.report(SampleError())
        let text = stage.messages.text
        for piece in [
            "\u{1B}[32mpassed\u{1B}[0m ", "\u{1B}[33mfixed\u{1B}[0m ",
            "\u{1B}[1;31mfailed\u{1B}[0m ",
            "\u{1B}[1;31mbroken\u{1B}[0m ", "\u{1B}[2mskipped\u{1B}[0m ",
            "  \u{1B}[36mhint:\u{1B}[0m ",
            "\u{1B}[1;31merror:\u{1B}[0m ", "  \u{1B}[1mb.py\u{1B}[0m:2\n",
        ] {
            #expect(text.contains(piece))
        }
    }

    private func failing(_ output: String) -> [Event] {
        [
            .planned([PlannedJob(name: "a", files: 1)]),
            .finished(job: 0, JobReport(status: .failed, files: 1, output: Array(output.utf8))),
        ]
    }

    private func fixing(_ diff: String) -> [Event] {
        [
            .planned([PlannedJob(name: "a", files: 1)]),
            .finished(
                job: 0,
                JobReport(status: .fixed, files: 1, fixedFiles: ["a"], diff: Array(diff.utf8))),
        ]
    }
}

@Suite struct LiveOutputTests {
    @Test func finalScreenEqualsThePlainOutput() {
        let stage = Stage(Terminal(isTerminal: true, columns: 70, color: true))
        stage.play(SampleRun.events)
        stage.pass(.seconds(1))
        let screen = shown(stage)
        #expect(screen.text == SampleRun.plainText)
        #expect(screen.faults.isEmpty)
        #expect(stage.messages.text.contains("\u{1B}[4A"))
    }

    @Test func runningJobsAreShownWithTheirTime() {
        let stage = Stage(Terminal(isTerminal: true, columns: 70))
        stage.play(Array(SampleRun.events.prefix(6)))
        stage.pass(.milliseconds(400))
        #expect(
            shown(stage).text == """
                trailing-whitespace  running 0.6 s
                black                running 0.8 s
                flake8               running 0.7 s
                eslint               broken   1 file                   3 ms

                """)
    }

    @Test func narrowTerminalGetsPlainLines() {
        let stage = Stage(Terminal(isTerminal: true, columns: 39))
        stage.play(SampleRun.events)
        #expect(stage.messages.text == SampleRun.plainText)
    }

    @Test func suspendLeavesOnlyWhatIsFinal() {
        let stage = Stage(Terminal(isTerminal: true, columns: 70))
        stage.play([.note("first")] + SampleRun.events.prefix(6))
        stage.renderer.suspend()
        #expect(shown(stage).text == "note: first\n")
        stage.pass(.zero)
        #expect(shown(stage).text.contains("running"))
    }

    @Test func frameFitsTheTerminal() {
        let wide = String(repeating: "漢字", count: 12)
        let jobs = (0..<50).map { PlannedJob(name: "job-\($0)-\(wide)", files: 1) }
        let stage = Stage(Terminal(isTerminal: true, columns: 40, rows: 10, color: true))
        stage.play([.planned(jobs)] + jobs.indices.map { .started(job: $0) })
        stage.pass(.seconds(3600))
        let screen = shown(stage)
        #expect(screen.faults.isEmpty)
        let lines = screen.text.split(separator: "\n")
        #expect(lines.count == 9)
        #expect(lines.last == "... 42 more")
        for line in lines {
            let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x3000 ? 2 : 1) }
            #expect(columns <= 40)
        }
    }

    @Test func shortRunDrawsNothingTwice() {
        let stage = Stage(Terminal(isTerminal: true, columns: 70))
        for event in SampleRun.events { stage.renderer.handle(event) }
        #expect(stage.messages.text == SampleRun.plainText)
    }

    private func shown(_ stage: Stage) -> Screen {
        var screen = Screen(columns: stage.terminal.columns)
        screen.show(stage.messages.text)
        return screen
    }
}

struct SampleError: Explained {
    var message: String { "unknown key `fles`\u{1B}" }
    var hints: [String] { ["did you mean `files`?"] }
    var exitStatus: Reporting.ExitStatus { .usage }
}
