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
    /// What the configuration adds to a tool's own arguments.
    package var arguments: [String] = []
    package var selection = Selection()
    package var fixes = false
    package var timeout = Duration.seconds(300)
    package var environment: [JobSettings.Variable] = []
    package var runIn = JobSettings.RunIn.staged
    package var passesFiles = true
    package var reads = Reads.tree
    /// Patterns of tracked files that it may change beside those that it is given.
    package var writes: [Glob] = []
    /// Whether it runs although nothing that it selects is changed; it is given no names then.
    package var isAlways = false
    /// Only one process of it at a time, with all files.
    package var isSerial = false
    /// States of the repository in which it does not run.
    package var skippedIn: [RepositoryState] = []

    /// Branches on which it runs; nil: all.
    package var onlyOn: [Glob]?
    /// Names that stand for all jobs that have them.
    package var tags: [String] = []
    /// Whether the run ends when it fails.
    package var failsFast = false
    /// Whether `hooks.local.toml` brought it in.
    package var isPersonal = false

    /// Whether it is skipped when it finds nothing to work on; otherwise that is a finding.
    package var allowsNothing = false
    /// Whether the project asks for it by no name: it comes with the defaults.
    package private(set) var isDefault = false

    /// The same as one of the defaults, which demand nothing of those who have nothing.
    func byDefault() -> Job {
        var job = self
        job.isDefault = true
        job.allowsNothing = true
        return job
    }

    /// Patterns of the files that it depends on; in a checkout no other file is there.
    package var inputs: [Glob]?
    /// Ignored folders at the top that a checkout has too.
    package var share = Job.usuallyShared
    /// How long it should take at most; longer is only said.
    package var budget: Duration?
    /// Patterns of the user's variables that it depends on; nil: it is given all of them.
    package var readsEnvironment: [Glob]?
    /// What replaces its command, or its tool's arguments, for somebody who waits.
    package var quickWords: Words?

    /// What jobs need most of the time to find their tools' packages.
    package static let usuallyShared = [".venv", "node_modules"]

    /// Whether it works on a tree rather than on files.
    package private(set) var isWholeTree = false

    /// Works on a tree rather than on files.
    mutating func looksAtTheWholeTree() {
        isWholeTree = true
        selection = Selection()
        passesFiles = false
        reads = .tree
        runIn = .checkout
    }

    /// The same job around something that git does in the working tree. Without a selection of
    /// files it runs whatever has changed.
    func aroundAnEvent(runIn: JobSettings.RunIn?) -> Job {
        var job = self
        if selection.files == nil, selection.exclude.isEmpty, !selection.asksForTypes {
            job.looksAtTheWholeTree()
        }
        job.runIn = runIn ?? .worktree
        return job
    }

    /// Whether it runs in its tool's quick way, in the working tree, for feedback alone.
    package private(set) var isQuick = false

    /// The job in its tool's quick way; nil when it has none.
    package func quick() -> Job? {
        guard tool?.quickArguments != nil else { return nil }
        var job = self
        job.isQuick = true
        job.runIn = .worktree
        job.allowsNothing = true
        return job
    }

    /// The job as the desk runs it, in `hooks ship` and before a push: with its quick words, if
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

    /// The folder whose configuration it is from, from the top; empty for the top itself. It runs
    /// there, and knows files by their names within it.
    package private(set) var folder: FilePath = ""

    /// The job for a folder, by a name that says so: `services/api:black`.
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

    /// Whether it takes no more than some milliseconds, because it is a part of this program.
    package var isQuickest: Bool {
        if case .ourselves = tool?.form { true } else { false }
    }

    /// Whether it starts processes that look for files in a folder.
    package var isExternal: Bool { kind.isExternal }

    /// Whether what it does to files is only as good as the project's own command.
    package var isProjects: Bool { kind.isProjects }

    /// Whether it works file by file, so that its files can be split.
    package var isSplit: Bool { passesFiles && !isSerial && runIn == .staged && !looksAtTree }

    /// Whether it looks at all that changes at once, links and submodules too.
    package var looksAtTree: Bool { kind.subject == .change }

    /// Whether it looks at the message of a commit, and at no file.
    package var looksAtMessage: Bool { kind.subject == .message }

    /// Whether its files' content has to be read.
    package var looksAtContent: Bool { kind.subject == .content && !isWholeTree }

    /// Whether it looks at files only while git is in the middle of a merge or the like.
    package var isForMerges: Bool { kind.isForMerges }
}

/// Which files a job is given.
package struct Selection: Sendable {
    /// Any of these; nil: every file.
    package var files: [Glob]?
    /// Any of these types; nil: every type.
    package var types: [String]?
    /// All of these types.
    package var allTypes: [String] = []
    /// None of these types.
    package var excludeTypes: [String] = []
    /// Leaves out files whose name tells that they are binary; the job looks at the others itself.
    var isForText = false
    /// None of these.
    package var exclude: [Glob] = []

    /// The folder that it is about, with a `/` at its end; empty for everything.
    var folder: [UInt8] = []

    /// Whether types of files decide.
    var asksForTypes: Bool { types != nil || !allTypes.isEmpty || !excludeTypes.isEmpty }

    /// All of it as words, to tell one selection from another.
    package var words: [String] {
        (files?.map(\.pattern) ?? ["all"]) + ["of"] + (types ?? ["all"]) + ["and"] + allTypes
            + ["but"] + excludeTypes + ["and"] + exclude.map(\.pattern)
            + ["in", String(decoding: folder, as: UTF8.self)]
    }

    /// Whether the job is given a file.
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
