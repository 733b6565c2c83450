import Foundation
import TestSupport
import Testing

@Test(arguments: [
    ("exit 0", "E 0\n"), ("exit 3", "E 3\n"), ("kill -SEGV $$", "S 11\n"),
    ("sleep 0.1 & exit 5", "E 5\n"),
])
func endOfTheProgramIsReported(script: String, report: String) throws {
    #expect(try Guarded(script).report() == report)
}

@Test func programThatIsMissingIsReportedWithTheReason() throws {
    #expect(try Guarded("", command: ["/no/such/program"]).report() == "X \(ENOENT)\n")
    #expect(try Guarded("", command: ["/etc/passwd"]).report() == "X \(EACCES)\n")
}

@Test func treeIsEndedWhenTheCallerIsGone() throws {
    let guarded = try Guarded("sleep 100 & setsid sleep 100 & (sleep 100; :) & wait")
    // The guard, the shell, two sleeps, and a shell with its sleep.
    try guarded.wait(for: 6)
    guarded.leave()
    try guarded.wait(for: 0)
}

@Test func treeThatWillNotEndIsKilledWhenTheCallerIsGone() throws {
    let guarded = try Guarded(
        "trap '' TERM HUP INT; setsid sh -c 'while :; do sleep 1; done' & wait")
    try guarded.wait(for: 4)
    guarded.leave()
    try guarded.wait(for: 0)
}

@Test func daemonIsEndedAndNamed() throws {
    let guarded = try Guarded("setsid sleep 100 >/dev/null 2>&1 & exit 0")
    #expect(try guarded.report() == "E 0\nL sleep\n")
    try guarded.wait(for: 0)
}

@Test func daemonOfADaemonIsEndedAndNamed() throws {
    let guarded = try Guarded(
        "(setsid sh -c 'setsid sleep 100 & exec tail -f /dev/null' &) ; exit 2")
    let lines = try guarded.report().split(separator: "\n")
    #expect(lines.first == "E 2")
    #expect(Set(lines.dropFirst()) == ["L sleep", "L tail"])
    try guarded.wait(for: 0)
}

@Test func timeEndsTheWholeTree() throws {
    let guarded = try Guarded(
        "trap '' TERM; setsid sleep 100 & sleep 100", options: ["--timeout=300"])
    #expect(try guarded.report() == "T\n")
    try guarded.wait(for: 0)
}

@Test func programThatIsInTimeIsNotEnded() throws {
    #expect(try Guarded("sleep 0.2", options: ["--timeout=60000"]).report() == "E 0\n")
}

@Test func programReadsNothingAndCannotReachTheSocket() throws {
    #expect(
        try Guarded("read -r line; [ -z \"$line\" ] && ! [ -S /dev/stdin ]").report() == "E 0\n")
}

@Test func protectedFolderIsReadOnlyBesideWhatIsWritable() throws {
    let scratch = try Scratch()
    try scratch.write("kept/file", Array("kept".utf8))
    try scratch.write("kept/open/file", [])
    let top = scratch.url.path
    let guarded = try Guarded(
        """
        echo new >\(top)/kept/open/file && echo new >\(top)/beside && cat \(top)/kept/file || exit 1
        ! echo new >\(top)/kept/file
        """,
        options: ["--protect=\(top)/kept", "--writable=\(top)/kept/open", "--writes"])
    #expect(try guarded.report() == "E 0\n")
    #expect(scratch.read("kept/file") == Array("kept".utf8))
    #expect(scratch.read("kept/open/file") == Array("new\n".utf8))
}

@Test func wordsThatAreNotOfTheFormStartNothing() throws {
    let guarded = try Guarded("exit 0", options: ["--unknown"])
    #expect(try guarded.report() == "")
}
