/// An error that has nothing to add to its words.
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
