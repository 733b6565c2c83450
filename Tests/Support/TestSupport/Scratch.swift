package import Foundation

/// How a program ended.
package struct Ended {
    package var status: Int32
    package var output: [UInt8]

    /// The output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
}

/// A program of a test did not end as the test needs it to.
package struct Unexpected: Error, CustomStringConvertible {
    package let description: String

    /// Says what was expected and what came.
    package init(_ description: String) { self.description = description }
}

/// A private folder that goes with its value.
package final class Scratch {
    package let url: URL

    /// Makes the folder.
    package init() throws {
        // Without links on the way, as git gives paths back.
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Runs a program with an environment of its own; standard error is shown with the test's.
    ///
    /// - Parameter folder: where it starts, below this one.
    @discardableResult
    package func run(
        _ words: [String], in folder: String = "", input: [UInt8] = [],
        environment: [String: String] = [:]
    ) throws -> Ended {
        let given = url.appending(path: ".input")
        let taken = url.appending(path: ".output")
        try Data(input).write(to: given)
        try Data().write(to: taken)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = folder.isEmpty ? url : url.appending(path: folder)
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": url.path, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "XDG_CACHE_HOME": url.path + "/.cache", "HOOKS_WARM": "0",
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

    /// Runs lines of shell that must all go well, and gives what they print on both streams.
    @discardableResult
    package func shell(
        _ script: String, in folder: String = "", environment: [String: String] = [:]
    ) throws -> String {
        let ended = try run(
            ["sh", "-c", "set -e; exec 2>&1\n" + script], in: folder, environment: environment)
        guard ended.status == 0 else {
            throw Unexpected("status \(ended.status) from\n\(script)\n\(ended.text)")
        }
        return ended.text
    }

    /// Writes a file below this folder, and the folders above it.
    package func write(_ path: String, _ content: [UInt8]) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content).write(to: file)
    }

    /// The bytes of a file below this folder; nil when there is none.
    package func read(_ path: String) -> [UInt8]? {
        (try? Data(contentsOf: url.appending(path: path))).map { [UInt8]($0) }
    }
}
