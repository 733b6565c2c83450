package import Configuration
internal import Files
package import Git
internal import GitIndex
package import Notation
package import SystemPackage
package import Tools

/// A configured check, fixer, tool or command, with every default filled in.
package struct Job: Sendable {
    package var name: String
    package var kind: any JobKind
    /// The arguments that the configuration adds to a tool's own.
    package var arguments: [String] = []
    package var selection = Selection()
    package var fixes = false
    package var timeout = Duration.seconds(300)
    /// What it means that it leaves processes running.
    package var leftovers = JobSettings.Leftovers.note
    package var environment: [JobSettings.Variable] = []
    package var runIn = JobSettings.RunIn.staged
    package var passesFiles = true
    package var reads = Reads.tree
    /// Patterns of tracked files that it may change besides those that it gets.
    package var writes: [Glob] = []
    /// Whether it also runs if nothing that it selects changed; then it gets no names.
    package var isAlways = false
    /// Only one process of it at a time, with all files.
    package var isSerial = false
    /// States of the repository in which it does not run.
    package var skippedIn: [RepositoryState] = []

    /// Branches on which it runs; nil: all.
    package var onlyOn: [Glob]?
    /// Names for groups of jobs.
    package var tags: [String] = []
    /// Whether the run ends if it fails.
    package var failsFast = false
    /// Whether it is defined in `hooks.local.toml`.
    package var isPersonal = false

    /// Whether it is skipped if it finds nothing to check; otherwise it fails then.
    package var allowsNothing = false
    /// Whether it is one of the defaults, and not listed by the project.
    package private(set) var isDefault = false

    /// The job as one of the defaults, which are skipped if there is nothing to check.
    func byDefault() -> Job {
        var job = self
        job.isDefault = true
        job.allowsNothing = true
        return job
    }

    /// Patterns of the files that it depends on; its stage has no other files.
    package var inputs: [Glob]?
    /// Ignored folders at the top that its stage has too.
    package var share = Job.usuallyShared
    /// How long it should take at most; a longer run only prints a note.
    package var budget: Duration?
    /// Patterns of the user's variables that it depends on; nil: it gets all of them.
    package var readsEnvironment: [Glob]?
    /// A shorter command, or arguments of its tool, for a user who waits.
    package var quickWords: Words?

    /// The folders with packages that most jobs need.
    package static let usuallyShared = [".venv", "node_modules"]

    /// Whether it works on a tree rather than on files.
    package private(set) var isWholeTree = false

    /// Checks a tree rather than files.
    mutating func looksAtTheWholeTree() {
        isWholeTree = true
        selection = Selection()
        passesFiles = false
        reads = .tree
        runIn = .checkout
    }

    /// The job for an event of git in the working tree. Without a selection of
    /// files it always runs.
    func aroundAnEvent(runIn: JobSettings.RunIn?) -> Job {
        var job = self
        if selection.files == nil, selection.exclude.isEmpty, !selection.asksForTypes {
            job.looksAtTheWholeTree()
        }
        job.runIn = runIn ?? .worktree
        return job
    }

    /// Whether it runs in the quick form of its tool, in the working tree, for feedback only.
    package private(set) var isQuick = false

    /// The job in the quick form of its tool; nil if there is none.
    package func quick() -> Job? {
        guard tool?.quickArguments != nil else { return nil }
        var job = self
        job.isQuick = true
        job.runIn = .worktree
        job.allowsNothing = true
        return job
    }

    /// The job for `hooks ship` and before a push: with its `quick` command, if
    /// it has any.
    package var asAtTheDesk: Job {
        guard let quickWords else { return self }
        var job = self
        job.kind = kind.replacing(with: quickWords)
        if tool != nil { job.arguments = [] }
        return job
    }

    /// The tool of the catalogue that it runs.
    package var tool: Tool? { kind.tool }

    /// The folder of its configuration, from the top; empty for the top itself. It runs
    /// there, with file names relative to it.
    package private(set) var folder: FilePath = ""

    /// The job for a folder, with the folder in its name: `services/api:black`.
    func within(_ folder: FilePath) -> Job {
        guard self.folder.isEmpty else { return self }
        var job = self
        job.folder = folder
        job.name = "\(folder.string):\(name)"
        job.selection.folder = folder.bytes + [UInt8(ascii: "/")]
        return job
    }

    /// The name in its own file.
    package var bareName: String {
        folder.isEmpty ? name : String(name.dropFirst(folder.string.utf8.count + 1))
    }

    /// Whether it takes only a few milliseconds, because it is a part of this program.
    package var isQuickest: Bool {
        if case .ourselves = tool?.form { true } else { false }
    }

    /// Whether it starts processes that need files in a folder.
    package var isExternal: Bool { kind.isExternal }

    /// Whether it runs the project's own command.
    package var isProjects: Bool { kind.isProjects }

    /// Whether it works file by file, so that its files can be split.
    package var isSplit: Bool { passesFiles && !isSerial && runIn == .staged && !looksAtTree }

    /// Whether it checks the whole commit at once, links and submodules too.
    package var looksAtTree: Bool { kind.subject == .change }

    /// Whether it checks the message of a commit, and no file.
    package var looksAtMessage: Bool { kind.subject == .message }

    /// Whether the content of its files must be read.
    package var looksAtContent: Bool { kind.subject == .content && !isWholeTree }

    /// Whether it checks files only while git is in the middle of a merge or the like.
    package var isForMerges: Bool { kind.isForMerges }
}

/// Which files a job gets.
package struct Selection: Sendable {
    /// Any of these; nil: every file.
    package var files: [Glob]?
    /// Any of these types; nil: every type.
    package var types: [String]?
    /// All of these types.
    package var allTypes: [String] = []
    /// None of these types.
    package var excludeTypes: [String] = []
    /// Leaves out files that are binary by name; the job checks the content of the others itself.
    var isForText = false
    /// None of these.
    package var exclude: [Glob] = []

    /// The folder that it selects, with a `/` at its end; empty for everything.
    var folder: [UInt8] = []

    /// Whether it selects by file types.
    var asksForTypes: Bool { types != nil || !allTypes.isEmpty || !excludeTypes.isEmpty }

    /// The selection as words, to compare it with others.
    package var words: [String] {
        (files?.map(\.pattern) ?? ["all"]) + ["of"] + (types ?? ["all"]) + ["and"] + allTypes
            + ["but"] + excludeTypes + ["and"] + exclude.map(\.pattern)
            + ["in", String(decoding: folder, as: UTF8.self)]
    }

    /// Whether the job gets a file.
    package func matches(_ path: [UInt8], types known: @autoclosure () -> Set<String>) -> Bool {
        guard path.starts(with: folder) else { return false }
        let path = folder.isEmpty ? path : Array(path.dropFirst(folder.count))
        if let files, !files.contains(where: { $0.matches(path) }) { return false }
        if exclude.contains(where: { $0.matches(path) }) { return false }
        guard asksForTypes else { return true }
        let known = known()
        return types?.contains(where: known.contains) ?? true && allTypes.allSatisfy(known.contains)
            && !excludeTypes.contains(where: known.contains)
    }
}
