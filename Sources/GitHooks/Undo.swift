internal import Git
package import Planning
package import Reporting
internal import Staging

/// `hooks undo`: restores the bytes that the last fix replaced.
package struct Undo {
    private let context: Context

    package init(_ context: Context) { self.context = context }

    package func run() throws -> ExitStatus {
        let outcomes = try UndoLog(try Repository(at: context.folder)).undoLast()
        var restored = 0
        for (path, outcome) in outcomes {
            var text = "restored"
            if case .changedSince(let backup) = outcome {
                text =
                    "changed since the fix, not restored; its earlier content is in \(safeName(backup))"
            } else {
                restored += 1
            }
            context.renderer.handle(.file(FileNote(path: safeName(path), text: text)))
        }
        let summary = Summary(
            message: outcomes.isEmpty
                ? "there is no fix to undo" : "restored \(counted(restored, "file", "files"))",
            exitStatus: restored == outcomes.count ? .fine : .conflict)
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }
}
