/// An error that a person can act on: what is wrong, where, and what to type next.
package protocol Explained: Error {
    /// One line: first what is wrong, then where. Names that came from outside are already safe to
    /// print.
    var message: String { get }
    /// Lines that are printed after `hint:`, each with a command or an action.
    var hints: [String] { get }
    /// The exit status of the command.
    var exitStatus: ExitStatus { get }
}

extension Explained {
    package var hints: [String] { [] }
}
