internal import Configuration
package import Notation

/// A script of the project's own for `sh`, which gets the files as `"$@"`.
package struct ScriptKind: JobKind {
    package let script: String

    package init(_ script: String) { self.script = script }

    package var subject: JobSubject { .content }
    package var isExternal: Bool { true }
    package var isProjects: Bool { true }
    package var words: [String] { [script] }

    package func replacing(with words: Words) -> any JobKind { CommandKind(words) }
}
