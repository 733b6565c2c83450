internal import Planning
internal import Synchronization
internal import Workplaces

/// Runs checkers at the same time as the fixers, on the files as they are so far, if cores would be
/// idle.
///
/// Their verdicts count only for exactly the files that they checked: if a fixer changes a file
/// afterwards, the checkers are stopped and run again.
final class Speculation: Sendable {
    typealias Verdicts = [Int: [JobVerdict?]]

    private struct Attempt: Sendable {
        let versions: [Int]
        let verdicts: Task<Verdicts, Never>
    }

    /// The steps that run early.
    let checkers: [Int]
    private let check: @Sendable ([Int], [FileState]) async -> Verdicts
    private let latest = Mutex<Attempt?>(nil)

    /// - Parameter check: runs steps on files.
    init(
        _ checkers: [Int], check: @escaping @Sendable ([Int], [FileState]) async -> Verdicts
    ) {
        self.checkers = checkers
        self.check = check
    }

    /// Starts the checkers on these files, unless they already run on them. Checkers on other files
    /// are stopped first.
    func begin(on files: [FileState]) {
        let versions = files.map(\.version)
        latest.withLock { latest in
            let earlier = latest
            if earlier?.versions == versions { return }
            earlier?.verdicts.cancel()
            let verdicts = Task {
                _ = await earlier?.verdicts.value
                return await check(checkers, files)
            }
            latest = Attempt(versions: versions, verdicts: verdicts)
        }
    }

    /// A fixer changed a file: the verdicts no longer count.
    func cancel() { latest.withLock { $0?.verdicts.cancel() } }

    /// Ends the checkers.
    func end() async {
        cancel()
        _ = await latest.withLock { $0 }?.verdicts.value
    }

    /// The verdicts on these files; nil if the checkers were not started on them. Checkers on
    /// other files are stopped then.
    func verdicts(on files: [FileState]) -> Task<Verdicts, Never>? {
        let attempt = latest.withLock { $0 }
        guard let attempt, attempt.versions == files.map(\.version), !attempt.verdicts.isCancelled
        else { return nil }
        return attempt.verdicts
    }
}

extension Execution {
    /// The checkers that may run at the same time as the fixers; nil if none may.
    ///
    /// Only checkers that certainly change nothing: a change by another one would be
    /// taken for the fixer's work. In the checkout of a commit checkers never see the changes of a
    /// fixer. With several shards the fixers have work for all cores.
    func speculation(_ checkers: [Int], beside fixers: [Int]) -> Speculation? {
        let startsProcess = { (step: Int) in plan.steps[step].job.isExternal }
        let checkers = checkers.filter(mayBeEarly)
        guard speculates, !runner.isOfCommit, !plan.steps.contains(where: \.job.failsFast),
            shards.count == 1, fixers.contains(where: startsProcess),
            checkers.contains(where: startsProcess), runner.slots.count > 1
        else { return nil }
        return Speculation(checkers) { await checked(by: $0, $1) }
    }
}
