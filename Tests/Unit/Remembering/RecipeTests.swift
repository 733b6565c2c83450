import Configuration
import Foundation
import Git
import GitIndex
import Notation
import Programs
import Staging
import SystemPackage
import TestSupport
import Testing
import Values

@testable import Planning
@testable import Remembering

/// What is known of a job holds for that very job: everything that it is made of is in its facts, or
/// cannot change what it says.
@Suite(.inTurn) struct RecipeTests {
    /// How a job differs from another one in a single field.
    private struct Change {
        /// Whether cached results stay valid: for a job that checks single files of the
        /// index, and for one that checks the tree of a commit.
        var keepsFiles: Bool
        var keepsTree: Bool
        var change: (inout Job) throws -> Void

        init(keeps: Bool = false, _ change: @escaping (inout Job) throws -> Void) {
            self.init(keepsFiles: keeps, keepsTree: keeps, change)
        }

        init(
            keepsFiles: Bool, keepsTree: Bool, _ change: @escaping (inout Job) throws -> Void
        ) {
            (self.keepsFiles, self.keepsTree, self.change) = (keepsFiles, keepsTree, change)
        }
    }

    private static func glob(_ pattern: String) throws -> [Glob] { [try Glob(pattern)] }

    /// A line for every field of `Job`.
    private static var changes: [String: Change] {
        [
            "name": Change { $0.name = "other" },
            "kind": Change { $0.kind = CommandKind(try Words("cat -v")) },
            "arguments": Change { $0.arguments = ["-n"] },
            // A fact is about one file, whoever else is given; a whole tree has no selection.
            "selection": Change(keeps: true) { $0.selection.files = try glob("*.txt") },
            "fixes": Change { $0.fixes = true },
            "timeout": Change(keeps: true) { $0.timeout = .seconds(1) },
            "leftovers": Change { $0.leftovers = .fail },
            "environment": Change {
                $0.environment = try Job("e", "run = 'x'", "env = { A = 'b' }").environment
            },
            // A job without names judges the whole tree of a commit whatever it says of these two.
            "runIn": Change(keepsFiles: false, keepsTree: true) {
                $0.runIn = $0.runIn == .staged ? .checkout : .staged
            },
            "passesFiles": Change { $0.passesFiles.toggle() },
            "reads": Change(keepsFiles: false, keepsTree: true) {
                $0.reads = $0.reads == .files ? .tree : .files
            },
            "writes": Change { $0.writes = try glob("*.lock") },
            // When it runs, not what it says.
            "isAlways": Change(keeps: true) { $0.isAlways = true },
            // It allows nothing as well.
            "isDefault": Change { $0 = $0.byDefault() },
            "isSerial": Change { $0.isSerial = true },
            "skippedIn": Change(keeps: true) { $0.skippedIn = [.merge] },
            "onlyOn": Change(keeps: true) { $0.onlyOn = try glob("main") },
            "tags": Change(keeps: true) { $0.tags = ["t"] },
            "failsFast": Change(keeps: true) { $0.failsFast = true },
            "isPersonal": Change(keeps: true) { $0.isPersonal = true },
            "allowsNothing": Change { $0.allowsNothing = true },
            // Both are of checkouts.
            "inputs": Change(keepsFiles: true, keepsTree: false) { $0.inputs = try glob("a.txt") },
            "share": Change(keepsFiles: true, keepsTree: false) { $0.share = ["data"] },
            "budget": Change(keeps: true) { $0.budget = .seconds(1) },
            "readsEnvironment": Change { $0.readsEnvironment = try glob("PATH") },
            // They become its command before a push and in `hooks ship`.
            "quickWords": Change(keeps: true) { $0.quickWords = try Words("true") },
            "isWholeTree": Change { $0.isWholeTree ? ($0.name = "x") : $0.looksAtTheWholeTree() },
            "isQuick": Change { $0 = try #require(try Job("tests", "").quick()) },
            "folder": Change { $0 = $0.within("sub") },
        ]
    }

    /// The facts about a job: of single files in the index, or of the tree of a commit.
    private func facts(_ job: Job, of project: Project, _ snapshot: Snapshot) throws
        -> Set<ObjectID>
    {
        let context = project.context(["PATH": "\(try Tested.tools().path):/usr/bin:/bin"])
        let plan = try Narrowing(project.repository).narrow(
            Plan([job], on: snapshot, skipping: [:], state: nil, keepsWholeTree: true) { _ in [] })
        let builder = try CommandBuilder(
            project.ground(snapshot.source), Jobs("").catalogue, context)
        var commands: [Int: Command] = [:]
        for (step, planned) in plan.steps.enumerated() {
            commands[step] = try builder.command(for: planned.job)
        }
        return Set(
            try Facts(project.ground(plan.snapshot.source), plan, commands, project.filter)
                .all().values.flatMap(\.facts))
    }

    @Test func everyFieldOfAJobIsInItsFactsOrCannotMatter() throws {
        let project = try Project(["a.txt": "a\n", "b.py": "b\n", "sub/c.txt": "c\n"])
        try project.stage("a.txt", "new\n")
        let index = try project.repository.trackedSnapshot()
        let tree = try project.repository.snapshot(of: project.commit, notIn: [])

        let byFile = try Job("own", "run = 'cat'", "reads = 'files'")
        let ofTree = try Jobs("[jobs.own]\nrun = 'cat'\n").catalogue.phaseJob("own")
        let fields = Mirror(reflecting: byFile).children.compactMap(\.label)
        for field in fields {
            guard let change = Self.changes[field] else {
                Issue.record(
                    "`\(field)` of Job is new: put it into `Facts.recipe`, and into this table")
                continue
            }
            for (job, snapshot, keeps) in [
                (byFile, index, change.keepsFiles), (ofTree, tree, change.keepsTree),
            ] {
                let before = try facts(job, of: project, snapshot)
                #expect(!before.isEmpty)
                var other = job
                try change.change(&other)
                let after = try facts(other, of: project, snapshot)
                let kept = !before.isDisjoint(with: after)
                #expect(
                    kept == keeps,
                    "`\(field)`: what passed \(kept ? "still counts" : "counts no more") on \(snapshot.source)"
                )
            }
        }
        #expect(Set(Self.changes.keys).subtracting(fields).isEmpty)
    }

    /// The same of a built-in check, which has nothing but its arguments and its files.
    @Test func argumentsAndSelectionOfABuiltInCheckCount() throws {
        let project = try Project()
        let index = try project.repository.trackedSnapshot()
        func facts(_ lines: String) throws -> Set<ObjectID> {
            try self.facts(try Job("large-files", lines), of: project, index)
        }
        let before = try facts("")
        #expect(try facts("") == before && !before.isEmpty)
        for lines in [
            "args = ['--maxkb=1']", "files = ['*.txt']", "exclude = ['b']", "types = ['text']",
            "all_types = ['text']", "exclude_types = ['svg']",
        ] {
            #expect(try facts(lines).isDisjoint(with: before), "\(lines)")
        }
    }

    @Test func addedCheckCountsForAllBuiltInOnes() throws {
        let project = try Project()
        let index = try project.repository.trackedSnapshot()
        let catalogue = try Jobs("").catalogue
        func facts(_ names: [String]) throws -> Set<ObjectID> {
            let plan = Plan(
                try names.map(catalogue.job), on: index, skipping: [:], state: nil
            ) { _ in [] }
            return Set(
                try Facts(project.ground(plan.snapshot.source), plan, [:], project.filter).all()
                    .values.flatMap(\.facts))
        }
        #expect(try facts(["end-of-file"]).count == 1)
        #expect(
            try facts(["end-of-file"]).isDisjoint(
                with: facts(["end-of-file", "trailing-whitespace"])))
        // They share one record for each file.
        #expect(try facts(["end-of-file", "trailing-whitespace"]).count == 1)
    }

    @Test(arguments: [
        ("[jobs.own]\nrun = 'cat | tac'\nshell = true\nreads = 'files'\n", "a shell script"),
        ("[jobs.own]\nrun = './script'\nreads = 'files'\n", "a script that starts something else"),
        ("[jobs.own]\nrun = 'cat'\nreads = 'files'\nrun_in = 'worktree'\n", "the working tree"),
        ("[jobs.own]\nrun = 'cat'\n", "the index with what lies beside it"),
        ("[jobs.own]\nrun = 'cat'\nreads = 'files'\nserial = true\n", "all files at once"),
    ])
    func nothingIsKnownOfWhatCannotBeTold(text: String, what: String) throws {
        let project = try Project(["a.txt": "a\n", "script": "#!/bin/sh\nexec cat\n"])
        try project.shell("chmod +x script && git add script")
        let index = try project.repository.trackedSnapshot()
        let job = try Jobs(text)["own"]
        #expect(try facts(job, of: project, index).isEmpty, "\(what)")
    }

    // MARK: Files

    private func fileFacts(
        _ project: Project, _ name: String = "own", _ lines: String = "run = 'cat'\nreads = 'files'"
    ) throws -> Set<ObjectID> {
        try facts(
            try Job(name, lines), of: project, try project.repository.trackedSnapshot())
    }

    @Test func factIsAboutPathContentAndMode() throws {
        let project = try Project(["a.txt": "a\n"])
        let before = try fileFacts(project)
        try project.shell("git mv a.txt b.txt")
        #expect(try fileFacts(project).isDisjoint(with: before))
        try project.shell("git mv b.txt a.txt")
        #expect(try fileFacts(project) == before)
        try project.stage("a.txt", "b\n")
        #expect(try fileFacts(project).isDisjoint(with: before))
        try project.stage("a.txt", "a\n")
        try project.shell("git update-index --chmod=+x a.txt")
        #expect(try fileFacts(project).isDisjoint(with: before))
    }

    @Test func otherFilesDoNotMatter() throws {
        let project = try Project(["a.txt": "a\n"])
        let before = try fileFacts(project)
        try project.stage("z/other.txt", "z\n")
        #expect(try fileFacts(project).isSuperset(of: before))
    }

    @Test func attributesOfItsFolderMatter() throws {
        let project = try Project(["a/a.txt": "a\n", "b/b.txt": "b\n"])
        let before = try fileFacts(project)
        try project.stage("a/.gitattributes", "*.txt eol=crlf\n")
        let after = try fileFacts(project)
        #expect(before.intersection(after).count == 1)
    }

    @Test func fileThatAFilterOfTheUsersConvertsHasNoFact() throws {
        let project = try Project(["a.txt": "a\n", "b.md": "b\n"])
        try project.stage(".gitattributes", "*.txt filter=own\n")
        try project.shell("git config filter.own.clean cat && git config filter.own.smudge cat")
        // The one of b.md and that of .gitattributes itself.
        #expect(try fileFacts(project).count == 2)
    }

    @Test func newFileIsAnotherOneToBuiltInChecksAlone() throws {
        let project = try Project()
        try project.stage("new.txt", "a\n")
        func both(_ job: Job) throws -> (asNew: Set<ObjectID>, asOld: Set<ObjectID>) {
            var snapshot = try project.repository.stagedSnapshot()
            let asNew = try facts(job, of: project, snapshot)
            for file in snapshot.files.indices { snapshot.files[file].isAdded = false }
            return (asNew, try facts(job, of: project, snapshot))
        }
        let check = try both(try Job("large-files", ""))
        #expect(check.asNew.isDisjoint(with: check.asOld) && !check.asNew.isEmpty)
        let own = try both(try Job("own", "run = 'cat'", "reads = 'files'"))
        #expect(own.asNew == own.asOld && !own.asNew.isEmpty)
    }

    @Test func fileThatTheCommandNamesMatters() throws {
        let project = try Project(["a.txt": "a\n", "words/list": "one\n"])
        let lines = "run = 'cat words/list'\nreads = 'files'\nfiles = ['*.txt']"
        let before = try fileFacts(project, "own", lines)
        try project.stage("words/list", "two\n")
        #expect(try fileFacts(project, "own", lines).isDisjoint(with: before))
    }

    // MARK: Trees

    private func treeFacts(_ project: Project, _ text: String = "[jobs.own]\nrun = 'cat'\n") throws
        -> Set<ObjectID>
    {
        let job = try Jobs(text).catalogue.phaseJob("own")
        return try facts(
            job, of: project, try project.repository.snapshot(of: project.head(), notIn: []))
    }

    @Test func treeIsKnownByItsNameWhateverTheCommitSays() throws {
        let project = try Project()
        let before = try treeFacts(project)
        try project.shell("git commit -q --allow-empty -m 'the same tree'")
        #expect(try treeFacts(project) == before && before.count == 1)
        try project.stage("b.txt", "b\n")
        try project.shell("git commit -q -m more")
        #expect(try treeFacts(project).isDisjoint(with: before))
    }

    @Test func jobWithInputsIsKnownWhateverElseChanges() throws {
        let project = try Project(["a.c": "a\n", "b.md": "b\n"])
        let text = "[jobs.own]\nrun = 'cat'\ninputs = ['*.c']\n"
        let before = try treeFacts(project, text)
        try project.stage("b.md", "c\n")
        try project.shell("git commit -q -m docs")
        #expect(try treeFacts(project, text) == before)
        try project.stage("a.c", "b\n")
        try project.shell("git commit -q -m code")
        #expect(try treeFacts(project, text).isDisjoint(with: before))
    }

    @Test func sharedFolderMattersByNamesSizesAndTimes() throws {
        let project = try Project()
        let text = "[jobs.own]\nrun = 'cat'\nshare = ['data']\n"
        let without = try treeFacts(project, text)
        try project.scratch.write("work/data/x", [1])
        let with = try treeFacts(project, text)
        #expect(with.isDisjoint(with: without) && with.count == 1)
        try project.shell("touch -d '2001-01-01' data/x")
        #expect(try treeFacts(project, text).isDisjoint(with: with))
    }

    @Test func declaredVariableMattersAndNoOther() throws {
        let project = try Project()
        let tree = try project.repository.snapshot(of: project.commit, notIn: [])
        let job = try Jobs("[jobs.own]\nrun = 'cat'\nreads_env = ['MY_*']\n").catalogue
            .phaseJob("own")
        func facts(_ variables: KeyValuePairs<String, String>) throws -> Set<ObjectID> {
            let context = project.context(variables)
            let plan = Plan([job], on: tree, skipping: [:], state: nil) { _ in [] }
            let builder = try CommandBuilder(
                project.ground(tree.source), Jobs("").catalogue, context)
            let command = try builder.command(for: plan.steps[0].job)
            let all = try Facts(
                project.ground(plan.snapshot.source), plan,
                command.map { [0: $0] } ?? [:], project.filter
            ).all()
            return Set(all.values.flatMap(\.facts))
        }
        let before = try facts([:])
        #expect(try facts(["OTHER": "1"]) == before && before.count == 1)
        #expect(try facts(["MY_SETTING": "1"]).isDisjoint(with: before))
    }

    @Test func runOfShipHasFactsOfItsOwn() throws {
        let project = try Project()
        let index = try project.repository.trackedSnapshot()
        let plan = Plan(
            [try Job("own", "run = 'cat | tac'", "shell = true")], on: index, skipping: [:],
            state: nil
        ) { _ in [] }
        func facts(_ run: (mark: String, tree: ObjectID)?) throws -> Set<ObjectID> {
            let all = try Facts(
                project.ground(plan.snapshot.source), plan, [:], project.filter, run: run
            ).all()
            return Set(all.values.flatMap(\.facts))
        }
        let tree = try project.repository.treeName(of: project.commit)
        #expect(try facts(nil).isEmpty)
        let one = try facts(("one", tree))
        #expect(one.count == 1)
        #expect(try facts(("one", tree)) == one)
        #expect(try facts(("two", tree)).isDisjoint(with: one))
        #expect(try facts(("one", .someCommit)).isDisjoint(with: one))
    }
}
