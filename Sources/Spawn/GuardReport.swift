internal import SystemPackage

/// A guard's final report about its program: lines with a letter and a value.
///
/// `E 1` exited with 1 · `S 11` ended by signal 11 · `T` killed at its timeout · `C` cancelled ·
/// `X 2` not started, errno 2 · `L sleep` a process of that name was left running.
package struct GuardReport {
    var ending: Completion.Ending = .lost
    var leftRunning: [String] = []
    var denied: [String] = []

    init(ending: Completion.Ending, leftRunning: [String] = []) {
        self.ending = ending
        self.leftRunning = leftRunning
    }

    /// Reads the report of a guard; invalid lines are ignored.
    package init(_ words: [UInt8]) {
        for line in words.split(separator: UInt8(ascii: "\n")) {
            let value = String(decoding: line.dropFirst(2), as: UTF8.self)
            switch line.first.map(UnicodeScalar.init) {
            case "E": ending = .exited(Int32(value) ?? -1)
            case "S": ending = .signalled(Int32(value) ?? 0)
            case "T": ending = .timedOut
            case "C": ending = .cancelled
            case "X": ending = .notStarted(Errno(rawValue: CInt(value) ?? 0))
            case "L": leftRunning.append(value)
            case "W": denied.append(value)
            default: break
            }
        }
    }

    /// The lines to send.
    var words: [UInt8] {
        var text = ""
        switch ending {
        case .exited(let code): text = "E \(code)\n"
        case .signalled(let number): text = "S \(number)\n"
        case .timedOut: text = "T\n"
        case .notStarted(let reason): text = "X \(reason.rawValue)\n"
        case .cancelled: text = "C\n"
        case .lost: break
        }
        for name in leftRunning.prefix(20) {
            text += "L \(name.filter { $0 != "\n" }.prefix(64))\n"
        }
        for name in denied.prefix(20) where !name.contains("\n") { text += "W \(name)\n" }
        return Array(text.utf8)
    }

    package var completion: Completion {
        Completion(
            ending: ending, output: [], leftOut: 0, leftRunning: leftRunning, denied: denied)
    }
}
