import Foundation
import Pages
import TestSupport
import Testing

/// Generated files are what the program makes of them now.
@Suite struct PageTests {
    private func committed(_ path: String) throws -> String {
        try String(contentsOf: Tested.project.appending(path: path), encoding: .utf8)
    }

    @Test(arguments: [Page.checks, .tools])
    func pageOfTheDocsIsFresh(page: Page) throws {
        #expect(
            page.markdown == (try committed("docs/\(page.rawValue).md")),
            "run `hooks list --markdown \(page.rawValue) >docs/\(page.rawValue).md`")
    }

    @Test func schemaIsFresh() throws {
        let made = try Scratch().run([try Tested.binary().path, "schema"]).text
        #expect(
            made == (try committed("docs/hooks.schema.json")),
            "run `hooks schema >docs/hooks.schema.json`")
    }

    @Test func manualPageIsFresh() throws {
        let script = Tested.project.appending(path: "scripts/make-man").path
        let made = try Scratch().run(["python3", script, try Tested.binary().path]).text
        #expect(
            made == (try committed("docs/hooks.1")),
            "run `scripts/make-man hooks >docs/hooks.1`")
    }

    /// What this repository has installed for itself is what it installs for others.
    @Test func ownHooksAreFresh() throws {
        let scratch = try Scratch()
        try scratch.write("hooks.toml", Array(try committed("hooks.toml").utf8))
        let binary = try Tested.binary().path
        let found = try scratch.shell(
            """
            git init -q . && '\(binary)' install --quiet
            cd .git/hooks && rm -f *.sample hooks-binary && ls && cat *
            """)
        let own = try scratch.shell(
            """
            cd '\(Tested.project.appending(path: ".githooks").path)'
            ls | grep -v hooks-binary && cat $(ls | grep -v hooks-binary)
            """)
        #expect(
            found == own,
            "with `git config core.hooksPath .githooks`, run `hooks install` in this repository")
    }

    /// What the program reads the schema accepts, and what it refuses the schema refuses.
    @Test(arguments: [
        ("[hooks]\npre-commit = ['black']\n", true),
        ("fail_fast = true\n[tools]\nblack = '26.1'\nx = { package = 'x', version = '1' }\n", true),
        ("[jobs.own]\nrun = 'true'\nskip = ['merge']\nonly = ['main']\ntags = ['a']\n", true),
        ("[jobs.own]\nrun = 'true'\nskip = ['lunch']\n", false), ("hook = 1\n", false),
        ("[protect]\nbranch = []\n", false), ("[tools]\nblack = 26\n", false),
        ("[fix]\non_commit = 'never'\n", false), ("[jobs.own]\nrun = 'true'\nfixes = 1\n", false),
    ])
    func schemaAgreesWithTheProgram(text: String, isRight: Bool) throws {
        let scratch = try Scratch()
        try scratch.write("hooks.toml", Array(text.utf8))
        let tools = try Tested.tools()
        let binary = try Tested.binary().path
        try scratch.shell("git init -q .")
        #expect((try scratch.run([binary, "list"]).status == 0) == isRight)
        let script = """
            import json, sys, tomllib, jsonschema
            jsonschema.validate(tomllib.load(open('hooks.toml', 'rb')), json.load(open(sys.argv[1])))
            """
        let schema = Tested.project.appending(path: "docs/hooks.schema.json").path
        let judged = try scratch.run(
            [tools.appending(path: "python").path, "-c", script, schema])
        #expect((judged.status == 0) == isRight)
    }

    @Test func bashCompletesTheJobsOfTheProject() throws {
        let scratch = try Scratch()
        try scratch.write(
            "hooks.toml", Array("[jobs.own-check]\nrun = 'true'\n[hooks]\npre-commit = []\n".utf8))
        let binary = try Tested.binary()
        let answers = try scratch.shell(
            """
            git init -q .
            export PATH="\(binary.deletingLastPathComponent().path):$PATH"
            hooks --generate-completion-script bash >script
            bash -c '. ./script; COMP_WORDS=(hooks run own); COMP_CWORD=2; COMP_LINE="hooks run own"; COMP_POINT=13; _hooks hooks own run; printf "%s\\n" "${COMPREPLY[@]}"'
            """)
        #expect(answers.split(separator: "\n").contains("own-check"), "\(answers)")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAskForTheJobs(shell: String) throws {
        let made = try Scratch().run(
            [try Tested.binary().path, "--generate-completion-script", shell])
        #expect(made.status == 0)
        #expect(made.text.contains("hooks list --names"))
    }
}

extension PageTests {
    /// Each table of keys stands in the page below the comment that names it; `RECORD=1` writes it
    /// there.
    @Test func keysOfTheConfigurationAreFresh() throws {
        let file = Tested.project.appending(path: "docs/configuration.md")
        let old = try String(contentsOf: file, encoding: .utf8)
        let end = "<!-- end of keys -->\n"
        var page = old
        for block in Page.configuration.markdown.components(separatedBy: end).dropLast() {
            let block = block.trimmingPrefix(while: \.isNewline)
            let head = try #require(block.split(separator: "\n").first)
            guard let start = page.range(of: head),
                let stop = page.range(of: end, range: start.upperBound..<page.endIndex)
            else {
                Issue.record("docs/configuration.md has no `\(head)`")
                continue
            }
            page.replaceSubrange(start.lowerBound..<stop.lowerBound, with: block)
        }
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try page.write(to: file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == page, "run `RECORD=1 swift test --filter PageTests`")
    }
}
