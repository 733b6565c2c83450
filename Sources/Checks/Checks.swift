/// The built-in checks, in the order in which they are listed.
package enum Checks {
    /// Every built-in check. One line for each file in `BuiltIn/`.
    package static let all: [any BuiltIn.Type] = [
        ByteOrderMark.self,
        MixedLineEnding.self,
        TrailingWhitespace.self,
        EndOfFile.self,
        MergeConflict.self,
        LargeFiles.self,
        Subject.self,
    ]

    /// The check that `hooks.toml` calls by this name; nil when there is none.
    package static func named(_ name: String) -> (any BuiltIn.Type)? {
        all.first { $0.name == name }
    }
}
