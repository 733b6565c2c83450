/// Shows a run as it happens: on a terminal, in a log, or for a program.
///
/// Used from one thread at a time. No event makes it throw or stop.
package protocol Renderer: AnyObject {
    /// Takes the next event of the run.
    func handle(_ event: Event)

    /// Updates the lines of running jobs; called about ten times a second while jobs
    /// run.
    func tick()

    /// Shows an error that ended the run or prevented its start.
    func report(_ error: any Explained)

    /// Removes temporary lines, before a signal ends or stops the process.
    ///
    /// Not for use inside a signal handler. The next `tick` shows it again.
    func suspend()

    /// Shows what is known only after the command has ended.
    func close()
}

extension Renderer {
    package func close() {}
}

/// How much is shown.
package enum Verbosity: Sendable {
    /// Only failed and broken jobs, and the summary of a run that failed.
    case quiet
    case normal
    /// Also which files were fixed, and the output of passed jobs.
    case verbose
}
