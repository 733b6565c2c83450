/// The exit status of a command. Scripts may rely on the numbers.
package enum ExitStatus: Equatable, Sendable {
    /// Nothing is left to do.
    case fine
    /// A check failed, or `--check` found that fixes are needed.
    case failed
    /// The command line or the configuration is wrong.
    case usage
    /// A policy forbids it: a protected branch.
    case refused
    /// A tool or the system is missing or broken.
    case broken
    /// Another process changed the same thing: a conflict, a held lock, a lost race.
    case conflict
    /// An internal error of hooks.
    case fault
    /// Ended by the signal of this number, reported as a shell does.
    case signal(Int32)

    /// The status given to `exit(3)`.
    package var code: Int32 {
        switch self {
        case .fine: 0
        case .failed: 1
        case .usage: 2
        case .refused: 3
        case .broken: 4
        case .conflict: 5
        case .fault: 70
        case .signal(let number): 128 + number
        }
    }
}
