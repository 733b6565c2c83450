/// An error with a message, hints and an exit status.
package struct Failure: Explained {
    package var message: String
    package var hints: [String] = []
    package var exitStatus: ExitStatus

    package init(message: String, hints: [String] = [], exitStatus: ExitStatus) {
        self.message = message
        self.hints = hints
        self.exitStatus = exitStatus
    }
}
