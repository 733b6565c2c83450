import Configuration
import Git
import Notation
import Planning
import Reporting
import Spawn
import Staging
import SystemPackage
import TestSupport
import Testing
import Values

@testable import Programs

/// How a job's program is called.
@Suite(.inTurn) struct CommandTests {
    private func command(
        _ text: String, _ name: String = "own", source: Source = .index,
        variables: KeyValuePairs<String, String> = [:],
        files: KeyValuePairs<String, String> = ["a.txt": ""]
    ) throws -> Command? {
        let project = try Project(files)
        let catalogue = try Jobs(text).catalogue
        let builder = try CommandBuilder(
            Ground(project.repository, source), catalogue, project.context(variables))
        return try builder.command(for: catalogue.job(name))
    }

    private func words(_ bytes: [[UInt8]]) -> [String] {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    private func made(
        leading: [String] = [], trailing: [String] = [], environment: [String] = []
    ) -> Command {
        Command(
            program: "/bin/x", leading: leading.map { Array($0.utf8) },
            trailing: trailing.map { Array($0.utf8) },
            environment: ProcessEnvironment(rows: environment.map { Array($0.utf8) }),
            timeout: .seconds(1), title: "x")
    }

    private func invocations(_ command: Command, _ paths: [String]) -> [[String]] {
        command.invocations(
            on: paths.map { FilePath($0) }, in: "/work", protecting: [], writable: [],
            writes: false
        ).map { words($0.arguments) }
    }

    // MARK: Arguments

    @Test func filesStandWhereTheCommandPutsThem() throws {
        let text = "[jobs.own]\nrun = 'cp -t {files} out'\nargs = ['-n']\n"
        let command = try #require(try command(text))
        #expect(command.program == "/usr/bin/cp" || command.program == "/bin/cp")
        #expect(invocations(command, ["a", "b"]) == [["-t", "-n", "a", "b", "out"]])
    }

    @Test func filesComeLastWhereTheCommandSaysNothing() throws {
        let command = try #require(try command("[jobs.own]\nrun = 'cat -v'\nargs = ['-n']\n"))
        #expect(invocations(command, ["a"]) == [["-v", "-n", "a"]])
    }

    @Test func scriptIsGivenItsFilesAndNoNameIsPartOfIt() throws {
        let text = "[jobs.own]\nrun = 'cat \"$@\"'\nshell = true\n"
        let command = try #require(try command(text))
        #expect(command.program == "/bin/sh")
        #expect(
            invocations(command, ["a; rm b"]) == [["-c", "cat \"$@\"", "own", "a; rm b"]])
    }

    @Test func nameThatLooksLikeAnOptionIsNone() {
        #expect(invocations(made(), ["-x", "a-b", "--"]) == [["./-x", "a-b", "./--"]])
    }

    @Test func builtInChecksStartNothing() throws {
        #expect(try command("", "end-of-file") == nil)
        #expect(try command("", "case-conflict") == nil)
    }

    @Test func firstArgumentsStandBeforeAllOthers() {
        let command = made(leading: ["run"]).with(firstArguments: ["-j1"]).with(argument: "-o")
        #expect(words(command.leading) == ["-j1", "run", "-o"])
    }

    // MARK: Many files

    @Test func noFilesAreOneStart() {
        #expect(invocations(made(leading: ["all"]), []) == [["all"]])
    }

    @Test func namesBeyondTheSystemsLimitAreSeveralStartsInOrder() {
        let paths = (0..<60_000).map { "folder/with/a/long/name/\($0)" }
        let starts = invocations(made(leading: ["-v"], trailing: ["end"]), paths)
        #expect(starts.count > 1)
        #expect(starts.allSatisfy { $0.first == "-v" && $0.last == "end" })
        #expect(starts.flatMap { $0.dropFirst().dropLast() } == paths)
        let sizes = starts.map { start in start.reduce(0) { $0 + $1.utf8.count + 9 } }
        #expect(sizes.allSatisfy { $0 < 1 << 20 })
    }

    @Test func largeEnvironmentLeavesLessRoom() {
        let paths = (0..<20_000).map { "folder/with/a/long/name/\($0)" }
        let large = made(environment: ["X=" + String(repeating: "x", count: 600_000)])
        #expect(invocations(large, paths).count > invocations(made(), paths).count)
    }

    // MARK: Environment

    @Test func jobsGetNothingOfGitsAndNoMarkOfARun() throws {
        let command = try command(
            "[jobs.own]\nrun = 'cat'\n",
            variables: [
                "GIT_DIR": "/x", "GIT_INDEX_FILE": "/y", "HOOKS_SHIP_RUN": "1", "MINE": "2",
            ])
        let environment = try #require(command?.environment)
        #expect(environment["GIT_DIR"] == nil && environment["GIT_INDEX_FILE"] == nil)
        #expect(environment[Context.runMark] == nil && environment["MINE"] == "2")
    }

    @Test func whatAUserLeavesOutForOnceDoesNotDecideAboutACommit() throws {
        func options(_ source: Source) throws -> String? {
            try command(
                "[jobs.own]\nrun = 'cat'\n", source: source,
                variables: ["PYTEST_ADDOPTS": "-k one"])?.environment["PYTEST_ADDOPTS"]
        }
        #expect(try options(.index) == "-k one")
        #expect(try options(.worktree) == "-k one")
    }

    @Test func jobThatDeclaresItsVariablesGetsNoOthers() throws {
        let command = try command(
            "[jobs.own]\nrun = 'cat'\nreads_env = ['MY_*']\nenv = { OWN = '3' }\n",
            variables: ["MY_ONE": "1", "OTHER": "2"])
        let environment = try #require(command?.environment)
        #expect(environment["MY_ONE"] == "1" && environment["OWN"] == "3")
        #expect(environment["OTHER"] == nil && environment["PATH"] != nil)
    }

    @Test func declaredValuesAreSortedAndUnsetOnesAreAbsent() throws {
        let environment = ProcessEnvironment(
            rows: ["B=2", "A=1", "C=3"].map { Array($0.utf8) })
        #expect(try environment.values(of: [Glob("[AB]"), Glob("D")]) == ["A=1", "B=2"])
    }

    // MARK: Programs

    @Test func missingProgramNamesTheJobsKey() {
        let error = #expect(throws: MissingProgram.self) {
            _ = try command("[jobs.own]\nrun = 'no-such-program'\n")
        }
        #expect(error?.exitStatus == .broken && error?.message.contains("no-such-program") == true)
        #expect(error?.hints.first?.contains("[jobs.own]") == true)
    }

    @Test func programWithASlashIsThatOfTheProject() throws {
        let command = try #require(try command("[jobs.own]\nrun = './scripts/check -a'\n"))
        #expect(command.program == "./scripts/check" && words(command.leading) == ["-a"])
    }

    @Test func ownToolIsThisProgram() throws {
        let command = try #require(try command("", "loss"))
        #expect(command.program == "/proc/self/exe" && words(command.leading) == ["work", "loss"])
    }
}

/// What tells one program from another.
@Suite(.inTurn) struct FingerprintTests {
    @Test func nativeProgramIsKnownByItsFile() throws {
        let project = try Project()
        try project.shell("cp /bin/cat tool")
        let path = project.repository.worktree.appending("tool")
        let before = try #require(Fingerprint.of(path))
        #expect(Fingerprint.of(path) == before)
        try project.shell("cp /bin/cat other && mv other tool")
        #expect(Fingerprint.of(path) != before)
    }

    @Test func linkIsKnownByWhereItLeads() throws {
        let project = try Project()
        try project.shell("cp /bin/cat one && cp /bin/cat two && ln -s one tool")
        let path = project.repository.worktree.appending("tool")
        let before = try #require(Fingerprint.of(path))
        try project.shell("cp /bin/cat three && mv three one")
        #expect(Fingerprint.of(path) != before)
    }

    @Test func scriptThatStartsSomethingElseIsNotKnown() throws {
        let project = try Project(["tool": "#!/bin/sh\nexec cat\n"])
        #expect(Fingerprint.of(project.repository.worktree.appending("tool")) == nil)
        #expect(Fingerprint.of(project.repository.worktree.appending("missing")) == nil)
    }

    @Test func programOfAnEnvironmentIsKnownByWhatIsInstalledThere() throws {
        let project = try Project(["env/bin/tool": "#!/usr/bin/python3\n"])
        try project.shell("mkdir -p env/lib/python3.11/site-packages/one-1.0.dist-info")
        let path = project.repository.worktree.appending("env/bin/tool")
        let before = try #require(Fingerprint.of(path))
        try project.shell("mkdir env/lib/python3.11/site-packages/two-2.0.dist-info")
        #expect(Fingerprint.of(path) != before)
    }

    @Test func thisProgramIsKnownByItsFileToo() throws {
        let own = try #require(Fingerprint.own)
        #expect(Fingerprint.of("/proc/self/exe") == [own])
        #expect(own.hasPrefix("hooks "))
    }
}
