internal import Configuration
package import Notation

/// A program of the project's own with its words; no shell is involved.
package struct CommandKind: JobKind {
    package let command: Words

    package init(_ command: Words) { self.command = command }

    package var subject: JobSubject { .content }
    package var isExternal: Bool { true }
    package var isProjects: Bool { true }
    package var words: [String] { command.leading + command.trailing }

    package func replacing(with words: Words) -> any JobKind { CommandKind(words) }
}
