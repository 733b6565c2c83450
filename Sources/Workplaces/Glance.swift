internal import Checks
internal import Files
internal import Git
internal import GitIndex
package import Planning
internal import Staging

/// The built-in checks of a run, for files that all of them pass: these are checked as they are
/// read, and their content is not kept.
///
/// A file with a finding goes through the jobs as usual.
package struct Glance: Sendable {
    private let files: [SnapshotFile]
    private let checks: [(step: Int, check: any Check, given: Positions)]

    /// The number of files from which it saves time.
    private static let leastFiles = 64

    /// - Returns: nil if a job needs the content for more than that.
    package init?(_ plan: Plan) {
        guard plan.snapshot.source.differsFromWorkingFiles,
            plan.snapshot.files.count >= Self.leastFiles
        else {
            return nil
        }
        var checks: [(step: Int, check: any Check, given: Positions)] = []
        for (step, planned) in plan.steps.enumerated() where planned.skipped == nil {
            if planned.job.failsFast { return nil }
            if let kind = planned.job.kind as? CheckKind {
                checks.append((step, kind.check, Positions(planned.files)))
            } else if planned.job.isExternal || planned.job.looksAtContent {
                return nil
            }
        }
        self.checks = checks
        files = plan.snapshot.files
    }

    /// The steps that have finished with a file that passes.
    package var steps: [Int] { checks.map(\.step) }

    /// Whether all checks pass.
    ///
    /// - Parameter position: of the file in the snapshot.
    package func passes(_ position: Int, _ content: [UInt8]) -> Bool {
        if content.standIn != nil { return false }
        let file = files[position]
        let checked = CheckedFile(
            path: file.path.bytes, content: content,
            isExecutable: file.entry.mode == .executable, isAdded: file.isAdded)
        return checks.allSatisfy { check in
            !check.given.contains(position) || check.check.inspect(checked) == .passed
        }
    }
}
