import ArgumentParser
import Git
internal import Planning
import Reporting
import Staging

/// `hooks undo`
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Bring back the bytes that the last fix replaced in working files.",
        discussion: "The index is left alone. A second undo brings the fix back.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let outcomes = try UndoLog(try Repository(at: context.folder)).undoLast()
            var restored = 0
            for (path, outcome) in outcomes {
                var text = "brought back"
                if case .changedSince(let backup) = outcome {
                    text =
                        "changed since the fix and left alone; its earlier bytes are in \(safeName(backup))"
                } else {
                    restored += 1
                }
                context.renderer.handle(.file(FileNote(path: safeName(path), text: text)))
            }
            let files = restored == 1 ? "1 file" : "\(restored) files"
            let summary = Summary(
                message: outcomes.isEmpty ? "there is no fix to undo" : "brought back \(files)",
                exitStatus: restored == outcomes.count ? .fine : .conflict)
            context.renderer.handle(.ended(summary))
            return summary.exitStatus
        }
    }
}
