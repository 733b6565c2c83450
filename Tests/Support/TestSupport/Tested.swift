package import Foundation

/// Where the program under test and the Python tools are. A missing one fails the run.
package enum Tested {
    /// The folder of the project: the one that holds `Package.swift`.
    package static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appending(path: "../../..").standardizedFileURL

    /// `HOOKS_TEST_BINARY`, or `hooks` beside the test program.
    package static func binary() throws -> URL {
        let variable = ProcessInfo.processInfo.environment["HOOKS_TEST_BINARY"] ?? ""
        let url =
            variable.isEmpty
            ? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
                .deletingLastPathComponent().appending(path: "hooks")
            : URL(fileURLWithPath: variable)
        guard FileManager.default.isExecutableFile(atPath: url.path) else {
            throw Unexpected(
                "there is no program to test at \(url.path): build it, or set HOOKS_TEST_BINARY")
        }
        return url
    }

    /// `HOOKS_TEST_TOOLS`, or the newest environment that `test.sh` made.
    package static func tools() throws -> URL {
        let variable = ProcessInfo.processInfo.environment["HOOKS_TEST_TOOLS"] ?? ""
        let url =
            variable.isEmpty
            ? project.appending(path: ".build-tools/bin")
            : URL(fileURLWithPath: variable)
        for tool in ["black", "isort", "flake8", "ruff", "pytest", "trailing-whitespace-fixer"] {
            guard FileManager.default.isExecutableFile(atPath: url.appending(path: tool).path)
            else {
                throw Unexpected(
                    "\(tool) is not in \(url.path): run ./test.sh once, or set HOOKS_TEST_TOOLS")
            }
        }
        return url
    }

    /// Whether `HOOKS_TEST_LONG=1` asks for many more generated cases.
    package static var isLong: Bool {
        ProcessInfo.processInfo.environment["HOOKS_TEST_LONG"] == "1"
    }

    /// Which faults to try; nil for all.
    package static var faults: String? { ProcessInfo.processInfo.environment["HOOKS_TEST_FAULTS"] }
}
