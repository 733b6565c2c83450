import Foundation

/// How a program ended.
struct Ended {
    var status: Int32
    var output: [UInt8]
}

/// A private folder that goes with its value.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Runs a program here with an environment of its own; standard error is shown with the test's.
    @discardableResult
    func run(
        _ words: [String], input: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> Ended {
        let given = url.appending(path: ".input")
        let taken = url.appending(path: ".output")
        try Data(input).write(to: given)
        try Data().write(to: taken)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = url
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": url.path, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
        ].merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: given)
        process.standardOutput = try FileHandle(forWritingTo: taken)
        try process.run()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus, output: [UInt8](try Data(contentsOf: taken)))
    }
}
