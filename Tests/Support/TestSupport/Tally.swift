import Foundation

/// How many cases a test tried, and in how many everything held.
///
/// Each is printed; with `HOOKS_TEST_COUNTS` set to a file it is written there too, which
/// `Tests/bin/trust-counts` puts into `docs/trust.md`.
package enum Tally {
    /// Says how many there were.
    package static func count(_ what: String, tried: Int, held: Int) {
        let line = "counted: \(what): \(held) of \(tried)\n"
        print(line, terminator: "")
        let variable = ProcessInfo.processInfo.environment["HOOKS_TEST_COUNTS"] ?? ""
        guard !variable.isEmpty else { return }
        let file = open(variable, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        _ = line.withCString { write(file, $0, strlen($0)) }
        close(file)
    }
}
