/// Shows a run as it happens: on a terminal, in a log, or to a program.
///
/// Used from one thread at a time. Nothing it is told makes it throw or stop.
package protocol Renderer: AnyObject {
    /// Takes the next event of the run.
    func handle(_ event: Event)

    /// Brings what is shown of running jobs up to date; called about ten times a second while jobs
    /// run.
    func tick()

    /// Shows an error that ended the run or kept it from starting.
    func report(_ error: any Explained)

    /// Takes away what is only shown for the moment, before a signal ends or stops the process.
    ///
    /// Not for use inside a signal handler. The next `tick` shows it again.
    func suspend()

    /// Shows what can only be said once the command is over.
    func close()
}

extension Renderer {
    package func close() {}
}

/// How much is shown.
package enum Verbosity: Sendable {
    /// Only failed and broken jobs, and the summary of a run that did not end well.
    case quiet
    case normal
    /// Also which files were fixed, and what passed jobs printed.
    case verbose
}
