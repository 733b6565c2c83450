internal import Configuration
package import Notation
package import Tools

/// What a job is: a built-in check, a tool of the catalogue, or a program of the project's own.
///
/// Each kind is one type in this folder. How a kind is called is in `Programs` (`CalledKind`), what
/// its result depends on in `Remembering` (`RecordedKind`), and how it runs in `Execution`
/// (`RunningKind`); a kind need not conform to all of these.
package protocol JobKind: Sendable {
    /// What it checks.
    var subject: JobSubject { get }
    /// Whether it starts processes that need files in a folder.
    var isExternal: Bool { get }
    /// Whether it runs the project's own command.
    var isProjects: Bool { get }
    /// Whether it checks files only while git is in the middle of a merge or the like.
    var isForMerges: Bool { get }
    /// The tool of the catalogue that it runs.
    var tool: Tool? { get }
    /// Words of its command, some of which may name files of the project.
    var words: [String] { get }

    /// The kind that runs these words instead of its command, or of its tool's arguments.
    func replacing(with words: Words) -> any JobKind
}

extension JobKind {
    package var isExternal: Bool { false }
    package var isProjects: Bool { false }
    package var isForMerges: Bool { false }
    package var tool: Tool? { nil }
    package var words: [String] { [] }

    package func replacing(with words: Words) -> any JobKind { self }
}

/// What a job checks.
package enum JobSubject: Sendable {
    /// The content of files, one file at a time.
    case content
    /// How large the committed content of files is.
    case size
    /// Names and modes of files.
    case names
    /// The whole commit, links and submodules too.
    case change
    /// The message of a commit.
    case message
}
