package import Checks

/// The built-in checks, in the order in which they are listed.
package enum BuiltIns {
    /// Every built-in check. One line for each other file of this folder.
    package static let all: [any BuiltIn.Type] = [
        ByteOrderMark.self,
        MixedLineEnding.self,
        TrailingWhitespace.self,
        EndOfFile.self,
        MergeConflict.self,
        LargeFiles.self,
        FileContentsSorter.self,
        RequirementsTxt.self,
        PrivateKey.self,
        AWSCredentials.self,
        VCSPermalinks.self,
        ExecutablesHaveShebangs.self,
        ShebangsAreExecutable.self,
        NameTestsTest.self,
        CaseConflict.self,
        IllegalWindowsNames.self,
        Symlinks.self,
        DestroyedSymlinks.self,
        ForbidNewSubmodules.self,
        CheckAST.self,
        DebugStatements.self,
        DocstringFirst.self,
        BuiltinLiterals.self,
        DoubleQuoteString.self,
        CheckJSON.self,
        PrettyFormatJSON.self,
        CheckTOML.self,
        CheckYAML.self,
        CheckXML.self,
        Subject.self,
        ConventionalCommit.self,
        Ticket.self,
        NoWIP.self,
        SignOff.self,
    ]

    /// The check with this name in `hooks.toml`; nil if there is none.
    package static func named(_ name: String) -> (any BuiltIn.Type)? {
        all.first { $0.name == name }
    }

    /// The names of checks in pre-commit-hooks, with ours if it differs.
    package static var aliases: [String: String] {
        var aliases = ["added-large-files": LargeFiles.name]
        for check in all {
            if let theirs = check.standsFor, theirs != check.name { aliases[theirs] = check.name }
        }
        return aliases
    }
}
