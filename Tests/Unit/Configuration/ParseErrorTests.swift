import Reporting
import Testing

@testable import Configuration
@testable import Notation

/// A faulty file, the whole message after `hooks.toml:`, and a part of the first hint.
struct Fault: Sendable {
    var text: String
    var message: String
    var hint: String?

    init(_ text: String, _ message: String, hint: String? = nil) {
        self.text = text
        self.message = message
        self.hint = hint
    }
}

struct ParseErrorTests {
    @Test(arguments: [
        Fault(
            "\n[jobs.black]\nagrs = []", "3: unknown key `agrs` in [jobs.black]",
            hint: "did you mean `args`?"),
        Fault(
            "[jobs.black]\nfoo = 1", "2: unknown key `foo` in [jobs.black]",
            hint: "the keys are `run`, `check`, `args`"),
        Fault("[hook]", "1: unknown key `hook`", hint: "did you mean `hooks`?"),
        Fault("protect.strct = true", "1: unknown key `strct` in [protect]", hint: "`strict`"),
        Fault(
            "[fix]\non-commit = 'stop'", "2: unknown key `on-commit` in [fix]", hint: "`on_commit`"),
        Fault("[tools]\nblak = '1'", "2: unknown key `blak` in [tools]", hint: "`black`"),
        Fault(
            "[hooks]\npre_commit = []", "2: unknown key `pre_commit` in [hooks]",
            hint: "`pre-commit`"),
        Fault(
            "[tools.black]\nversions = '1'", "2: unknown key `versions` in [tools.black]",
            hint: "`version`"),
    ])
    func unknownKeyNamesTheNearestMatch(fault: Fault) { check(fault) }

    @Test(arguments: [
        Fault("jobs = 1", "1: `jobs` must be a table, not an integer"),
        Fault("[[jobs]]", "1: `jobs` must be a table, not an array"),
        Fault("[jobs]\nblack = 'x'", "2: `black` in [jobs] must be a table, not a string"),
        Fault("requires = 0.1", "1: `requires` must be a string, not a number"),
        Fault(
            "protect.branches = 'main'",
            "1: `branches` in [protect] must be an array of strings, not a string",
            hint: "`branches = [\"main\"]`"),
        Fault(
            "protect.strict = 'yes'",
            "1: `strict` in [protect] must be `true` or `false`, not a string"),
        Fault(
            "[jobs.black]\nargs = [\n'a',\n1]",
            "4: an item of `args` in [jobs.black] must be a string, not an integer"),
        Fault(
            "[jobs.black]\nenv = { A = 1979-05-27 }",
            "2: `A` in [jobs.black.env] must be a string, not a date or time"),
        Fault(
            "[jobs.black]\nfixes = [true]",
            "2: `fixes` in [jobs.black] must be `true` or `false`, not an array"),
        Fault(
            "[jobs.black]\nskip = 'merge'",
            "2: `skip` in [jobs.black] must be an array of strings, not a string", hint: "skip = "),
        Fault(
            "[hooks]\npre-commit = 'black'",
            "2: `pre-commit` in [hooks] must be an array of strings, not a string", hint: "brackets"
        ),
        Fault(
            "[hooks.pre-commit]", "1: [hooks.pre-commit] must be an array of strings, not a table"),
        Fault(
            "[tools]\nwarm = 'yes'", "2: `warm` in [tools] is not a duration: `yes`"),
        Fault(
            "[tools]\nwarm = 3",
            "2: `warm` in [tools] must be `true`, `false`, or a string with a unit"),
    ])
    func wrongTypeIsNamed(fault: Fault) { check(fault) }

    @Test(arguments: [
        Fault(
            "[hooks]\npre-commit = [\n'isort',\n'balck']",
            "4: unknown job `balck` in `pre-commit` in [hooks]", hint: "did you mean `black`?"),
        Fault(
            "[jobs.proto]\nrun = 'x'\n[hooks]\npre-push = ['prto']",
            "4: unknown job `prto` in `pre-push` in [hooks]", hint: "`proto`"),
        Fault(
            "[phases]\nbuild = ['nothing-like-it']",
            "2: unknown job `nothing-like-it` in `build` in [phases]",
            hint: "define it with `run` in [jobs.nothing-like-it]"),
        Fault(
            "[hooks]\npre-commit = ['black',\n'black']",
            "3: `black` is listed twice in `pre-commit` in [hooks]"),
        Fault(
            "[jobs.balck]\nargs = []", "1: `balck` is not a catalogue job and has no `run`",
            hint: "did you mean `black`?"),
        Fault(
            "[jobs.mine]", "1: `mine` is not a catalogue job and has no `run`",
            hint: "give it a command"),
        Fault(
            "[jobs.black]\n\nrun = 'x'", "3: `black` is a catalogue job and takes no `run`",
            hint: "change it with `args`"),
        Fault("[jobs.'a,b']\nrun = 'x'", "1: `a,b` cannot be a name"),
        Fault("[jobs.pre-push]\nrun = 'x'", "1: `pre-push` is the name of a git hook"),
        Fault(
            "[phases]\nblack = []",
            "2: `black` is the name of a job, and cannot be that of a phase"),
        Fault("[phases]\n'' = []", "2: `` cannot be a name"),
        Fault(
            "[jobs.black]\ntypes = ['pyhton']",
            "2: unknown file type `pyhton` in `types` in [jobs.black]", hint: "`python`"),
    ])
    func unknownOrTakenNameIsRefused(fault: Fault) { check(fault) }

    @Test(arguments: [
        Fault(
            "[jobs.black]\nfiles = [\n'*.py',\n'[a']",
            "4: bad pattern `[a` in `files` in [jobs.black]: a `[` is not closed"),
        Fault(
            "protect.branches = ['']", "1: bad pattern `` in `branches` in [protect]: it is empty"),
        Fault(
            "[jobs.black]\ntimeout = '2 min'",
            "2: `timeout` in [jobs.black] is not a duration: `2 min`", hint: "30s"),
        Fault(
            "[jobs.black]\ntimeout = 60",
            "2: `timeout` in [jobs.black] must be a string with a unit", hint: "30s"),
        Fault(
            "[jobs.black]\ntimeout = '0s'",
            "2: `timeout` in [jobs.black] must be longer than zero"),
        Fault(
            "[jobs.black]\ntimeout = '-1s'", "2: `timeout` in [jobs.black] is not a duration: `-1s`"
        ),
        Fault(
            "[jobs.black]\nrun_in = 'stage'", "2: `run_in` in [jobs.black] cannot be `stage`",
            hint: "`staged`"),
        Fault(
            "[jobs.black]\nreads = 'all'", "2: `reads` in [jobs.black] cannot be `all`",
            hint: "the values are `files`, `tree`"),
        Fault(
            "[jobs.black]\nskip = ['rebsae']",
            "2: an item of `skip` in [jobs.black] cannot be `rebsae`", hint: "`rebase`"),
        Fault(
            "fix.on_commit = 'go'", "1: `on_commit` in [fix] cannot be `go`",
            hint: "`continue`, `stop`"),
        Fault("[jobs.black]\nenv = { 'A=B' = 'x' }", "2: `A=B` cannot be the name of a variable"),
        Fault(
            "[jobs.black]\nshell = true", "2: `shell` in [jobs.black] has no effect without `run`"),
        Fault(
            "[tools]\nblack = '>=1'", "2: `black` in [tools] is not one exact version: `>=1`",
            hint: "1.2.3"),
        Fault("[tools]\nblack = ''", "2: `black` in [tools] is not one exact version: ``"),
        Fault(
            "[tools.black]\nplugins = ['--index-url=x']\nversion = '1'",
            "2: an item of `plugins` in [tools.black] is not a package: `--index-url=x`"),
        Fault("[tools.black]\nplugins = []", "1: [tools.black] has no `version`"),
    ])
    func badValueIsNamed(fault: Fault) { check(fault) }

    @Test(arguments: [
        Fault("[jobs.own]\nrun = ''", "2: `run` in [jobs.own] is empty"),
        Fault("[jobs.own]\nrun = ' '\nshell = true", "2: `run` in [jobs.own] is empty"),
        Fault(
            "[jobs.own]\nrun = \"echo 'x\"",
            "2: `run` in [jobs.own] is not a command: a `'` is not closed"),
        Fault(
            "[jobs.own]\nrun = 'x --f={files}'",
            "2: `run` in [jobs.own] is not a command: `{files}` must be a word of its own, not part of `--f={files}`"
        ),
        Fault(
            "[jobs.own]\nrun = 'x {files}'\npass_files = false",
            "2: `run` in [jobs.own] is not a command: `{files}` contradicts `pass_files = false`"),
        Fault(
            "[jobs.own]\nrun = 'x {files}'\nshell = true",
            "2: `run` in [jobs.own] contains `{files}`, which `shell = true` does not replace",
            hint: "\"$@\""),
    ])
    func badCommandIsNamed(fault: Fault) { check(fault) }

    @Test(arguments: [
        Fault("[new]\nx = 1\n[jobs.x]\n", "1: unknown key `new`"),
        Fault(
            "requires = '0.10'\n[new]\nx = 1",
            "1: this file requires hooks 0.10 or newer; this is 0.2.0-dev",
            hint: "install a newer hooks"),
        Fault(
            "requires = '0.2.1'", "1: this file requires hooks 0.2.1 or newer; this is 0.2.0-dev"),
        Fault("requires = 'new'", "1: `requires` is not a version: `new`", hint: "`0.1`"),
        Fault("requires = '>=0.1'", "1: `requires` is not a version: `>=0.1`"),
    ])
    func newerReleaseIsRequiredBeforeAnythingElse(fault: Fault) { check(fault) }

    @Test(arguments: [
        ("a = ", "1:5"), ("\n\n[jobs\nx = 1", "3:6"), ("x = 1\nx = 2", "2:"), ("x = 'a", "1:"),
        ("x = 01", "1:"),
        ("[a]\n[a]", "2:"), ("x = 2020-13-01", "1:"), ("\u{FEFF}x", "1:"),
        ("x = \"\\ud800\"", "1:"),
    ])
    func textThatIsNotTOMLIsRefusedWithLineAndColumn(text: String, place: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try parse(text) }
        #expect(error.message.hasPrefix("hooks.toml:\(place)"), "\(error.message)")
        #expect(error.message.contains("this is not TOML: in "), "\(error.message)")
        #expect(error.column != nil)
    }

    @Test(arguments: [
        ([0x61, 0x0A, 0x0A, 0x23, 0xFF, 0x0A] as [UInt8], "hooks.toml:3: the text is not UTF-8"),
        ([0xEF, 0xBB, 0xBF, 0x0A, 0x23, 0xC3], "hooks.toml:2: the text is not UTF-8"),
        ([0x0A, 0x23, 0x00], "hooks.toml:2: a null character"),
        (Array("\na = \"\\u0000\"".utf8), "hooks.toml:2: a string contains a null character"),
        (Array("\n\"\\u0000\" = 1".utf8), "hooks.toml:2: a string contains a null character"),
        (Array(repeating: 0x0A, count: 1 << 20 + 1), "hooks.toml: the file is larger than 1 MiB"),
    ])
    func bytesThatTheParserWouldMisreadAreRefused(bytes: [UInt8], message: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration.parse(bytes, file: "hooks.toml", known: knownNames, version: "1")
        }
        #expect(error?.message == message)
    }

    @Test func everyErrorIsOneOfUsage() {
        #expect(ConfigurationError(file: "f", line: nil, "r").exitStatus == .usage)
        #expect(ConfigurationError(file: "f", line: 1, column: 2, "r").message == "f:1:2: r")
    }

    @Test func namesCannotSteerTheTerminal() {
        check(Fault("\"\\u001b[31m\\u202e\" = 1", "1: unknown key `\\u{1b}[31m\\u{202e}`"))
    }

    private func check(_ fault: Fault) {
        let error = #expect(throws: ConfigurationError.self) { try parse(fault.text) }
        #expect(error?.message == "hooks.toml:\(fault.message)")
        if let hint = fault.hint {
            #expect(error?.hints.first?.contains(hint) == true, "\(error?.hints ?? [])")
        }
    }
}
