package import Reporting

/// Why there is no stage to work in.
package struct StageFailure: Explained {
    package let message: String
    package let hints: [String]
    package var exitStatus: ExitStatus { .broken }

    init(_ message: String, hints: [String] = []) {
        self.message = message
        self.hints = hints
    }
}
