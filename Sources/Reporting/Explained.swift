/// An error that a person can act on: what is wrong, where, and what to type next.
package protocol Explained: Error {
    /// One line: first what is wrong, then where. Names that came from outside are already safe to
    /// print.
    var message: String { get }
    /// Lines that are printed after `hint:`, each with a command to type or a thing to do.
    var hints: [String] { get }
    /// What the command exits with because of it.
    var exitStatus: ExitStatus { get }
}

extension Explained {
    package var hints: [String] { [] }
}
