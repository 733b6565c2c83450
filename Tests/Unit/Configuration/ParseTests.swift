import Git
import GitIndex
import Reporting
import Testing

@testable import Configuration
@testable import Notation

let knownNames = KnownNames(
    jobs: ["trailing-whitespace", "end-of-file", "isort", "black", "flake8", "subject"],
    tools: ["black", "isort", "flake8"], types: ["python", "shell", "text"])

func parse(_ text: String, inTable prefix: [String] = []) throws(ConfigurationError)
    -> Configuration?
{
    try Configuration.parse(
        Array(text.utf8), file: "hooks.toml", inTable: prefix, known: knownNames,
        version: "0.2.0-dev")
}

let wholeFile = """
    requires = "0.1"

    [protect]
    branches = ["main", "release/*"]
    strict = true

    [tools]
    warm = false
    isort = "8.0.1"
    black = "26.10.1"
    flake8 = { version = "7.3.0", plugins = ["flake8-bugbear==24.1.17"] }

    [jobs.black]
    args = ["--line-length", "100"]
    exclude = ["vendor/**"]

    [jobs.proto]
    run = "python tools/gen.py {files}"
    files = ["*.proto"]
    types = ["python"]
    exclude = []
    fixes = true
    timeout = "1m30s"
    env = { MODE = "strict", ABC = "" }
    shell = false
    run_in = "staged"
    pass_files = true
    reads = "tree"
    serial = false
    skip = ["merge", "cherry-pick"]

    [jobs.tests]
    run = "sh -c 'make test'"

    [hooks]
    pre-commit = [
        "trailing-whitespace",
        "black",  # after it
        "proto",
    ]
    commit-msg = ["subject"]
    pre-push   = []

    [fix]
    on_commit = "stop"

    [phases]
    test = ["tests"]
    build = ["proto"]
    """

struct ParseTests {
    @Test func wholeFileIsRead() throws {
        let configuration = try #require(try parse(wholeFile))
        var wanted = Configuration()
        wanted.requires = "0.1"
        wanted.protect.branches = [try Glob("main"), try Glob("release/*")]
        wanted.protect.strict = true
        wanted.tools = [
            Pin(name: "isort", version: "8.0.1"),
            Pin(name: "black", version: "26.10.1"),
            Pin(name: "flake8", version: "7.3.0", plugins: ["flake8-bugbear==24.1.17"]),
        ]
        wanted.warm = .zero
        var black = JobSettings(line: 13)
        black.args = ["--line-length", "100"]
        black.exclude = [try Glob("vendor/**")]
        var proto = JobSettings(line: 17)
        proto.run = "python tools/gen.py {files}"
        proto.files = [try Glob("*.proto")]
        proto.types = ["python"]
        proto.exclude = []
        proto.fixes = true
        proto.timeout = .seconds(90)
        proto.env = [.init(name: "ABC", value: ""), .init(name: "MODE", value: "strict")]
        proto.shell = false
        proto.runIn = .staged
        proto.passFiles = true
        proto.reads = .tree
        proto.serial = false
        proto.skip = [.merge, .cherryPick]
        var tests = JobSettings(line: 32)
        tests.run = "sh -c 'make test'"
        wanted.jobs = ["black": black, "proto": proto, "tests": tests]
        wanted.hooks = [
            .preCommit: [
                JobReference(name: "trailing-whitespace", line: 37),
                JobReference(name: "black", line: 38),
                JobReference(name: "proto", line: 39),
            ],
            .commitMessage: [JobReference(name: "subject", line: 41)],
            .prePush: [],
        ]
        wanted.fix.onCommit = .stop
        wanted.phases = [
            Phase(name: "test", jobs: [JobReference(name: "tests", line: 48)], line: 48),
            Phase(name: "build", jobs: [JobReference(name: "proto", line: 49)], line: 49),
        ]
        #expect(configuration == wanted)
    }

    @Test(arguments: [
        "", "\n", "# nothing\n", "\u{FEFF}", "[hooks]\n[jobs]\n[tools]\n[protect]\n[fix]\n[phases]",
    ])
    func fileThatSaysNothingHasTheDefaults(text: String) throws {
        #expect(try parse(text) == Configuration())
        #expect(Configuration().protect.branches.map(\.pattern) == ["main", "master"])
        #expect(Configuration().fix.onCommit == .continue)
    }

    @Test func emptyHookIsNotAnAbsentHook() throws {
        let configuration = try parse("hooks.pre-commit = []")
        #expect(configuration?.hooks[.preCommit] == [])
        #expect(configuration?.hooks[.prePush] == nil)
    }

    @Test func markAndCarriageReturnsChangeNothing() throws {
        let plain = try parse(wholeFile)
        let other =
            "\u{FEFF}"
            + wholeFile.split(separator: "\n", omittingEmptySubsequences: false).joined(
                separator: "\r\n")
        #expect(try parse(other) == plain)
        #expect(plain != nil)
    }

    @Test func tableOfPyprojectIsReadAndItsAbsenceIsNil() throws {
        let text =
            "[project]\nname = \"x\"\n[tool.black]\nx = 1.5\n[tool.hooks.hooks]\npre-commit = [\"black\"]\n"
        let configuration = try parse(text, inTable: ["tool", "hooks"])
        #expect(configuration?.hooks[.preCommit] == [JobReference(name: "black", line: 6)])
        #expect(try parse("[project]\n[tool.black]\n", inTable: ["tool", "hooks"]) == nil)
        #expect(try parse("", inTable: ["tool", "hooks"]) == nil)
        let error = #expect(throws: ConfigurationError.self) {
            try parse("[tool.hooks.jobs.black]\nagrs = []", inTable: ["tool", "hooks"])
        }
        #expect(error?.message == "hooks.toml:2: unknown key `agrs` in [tool.hooks.jobs.black]")
        let wrong = #expect(throws: ConfigurationError.self) {
            try parse("[tool]\nhooks = 3", inTable: ["tool", "hooks"])
        }
        #expect(wrong?.message == "hooks.toml:2: `hooks` in [tool] must be a table, not an integer")
    }

    @Test func jobIsKnownAboveItsDefinition() throws {
        let text = "[hooks]\npre-push = [\"own\"]\n[jobs.own]\nrun = \"make\""
        #expect(try parse(text)?.hooks[.prePush] == [JobReference(name: "own", line: 2)])
    }

    @Test func inlinePhasesKeepTheirOrder() throws {
        let phases = try parse("phases = { test = ['black'], build = ['isort'] }")?.phases
        #expect(phases?.map(\.name) == ["test", "build"])
    }

    @Test func shellScriptMayHoldWhatWordsMayNot() throws {
        let job = try parse("[jobs.own]\nshell = true\nrun = '''\n# don't\nmake \"$@\"\n'''")?.jobs[
            "own"]
        #expect(job?.shell == true)
        #expect(job?.run == "# don't\nmake \"$@\"\n")
    }

    @Test func runningReleaseOrAnOlderOneIsEnough() throws {
        for version in ["0.1", "0.2", "0.2.0", "0", "0.1.9"] {
            #expect(try parse("requires = \"\(version)\"")?.requires == version)
        }
    }
}
