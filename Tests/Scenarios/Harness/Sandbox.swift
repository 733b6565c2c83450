import Foundation

/// A folder with everything that one scenario may touch, and the environment that leads nowhere
/// else.
struct Sandbox {
    /// The folder that `$BASE` stands for.
    let base: URL
    /// Carried in the environment by every process that the scenario starts.
    let mark: String

    /// `SCENARIO_KEEP=1` leaves the folder behind for a look.
    private let keeps = ProcessInfo.processInfo.environment["SCENARIO_KEEP"] != nil

    init(binary: URL?) throws {
        var template = Array("/tmp/hooks-scenario.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        let path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        base = URL(fileURLWithPath: path, isDirectory: true)
        mark = base.lastPathComponent
        for name in ["work", "home", "cache", "tmp", "bin", "steps"] {
            try FileManager.default.createDirectory(
                at: base.appending(path: name), withIntermediateDirectories: false)
        }
        if let binary {
            try FileManager.default.createSymbolicLink(
                at: base.appending(path: "bin/hooks"), withDestinationURL: binary)
        }
    }

    func remove() {
        if !keeps { try? FileManager.default.removeItem(at: base) }
    }

    /// The whole environment of a scenario. `tools` is the folder of the Python tools.
    func environment(tools: URL?) -> [String: String] {
        var path = [base.path + "/bin"]
        // Another git than the system's.
        if let git = ProcessInfo.processInfo.environment["HOOKS_TEST_GIT"] { path.append(git) }
        if let tools { path.append(tools.path) }
        path += ["/usr/bin", "/bin"]
        return [
            "PATH": path.joined(separator: ":"),
            "HOME": base.path + "/home",
            "XDG_CACHE_HOME": base.path + "/cache",
            "XDG_DATA_HOME": base.path + "/data",
            "WHEELS": (tools?.deletingLastPathComponent().path ?? "") + "/wheels",
            "TMPDIR": base.path + "/tmp",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            "BASE": base.path,
            "WORK": base.path + "/work",
            "LOG": base.path + "/log",
            "SCENARIO": mark,
            // A server would outlive its scenario; those that are about servers unset it.
            "HOOKS_WARM": "0",
            // A file of its own: git replaces the file that it writes global settings to.
            "GIT_CONFIG_GLOBAL": base.path + "/home/.gitconfig",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_AUTHOR_DATE": "2024-01-02T03:04:05Z",
            "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org",
            "GIT_COMMITTER_DATE": "2024-01-02T03:04:05Z",
        ]
    }

    /// Kills what still runs with the mark in its environment, and names it.
    ///
    /// What has just been told to end gets two seconds for it.
    func reap() async -> [String] {
        var left = running()
        for _ in 0..<40 where !left.isEmpty {
            try? await Task.sleep(for: .milliseconds(50))
            left = running()
        }
        for process in left { kill(process.id, SIGKILL) }
        return left.map(\.command)
    }

    /// Kills everything at once, without patience.
    func killAll() {
        for process in running() { kill(process.id, SIGKILL) }
    }

    private func running() -> [(id: pid_t, command: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let wanted = Data("SCENARIO=\(mark)\0".utf8)
        return names.compactMap { name in
            guard let id = pid_t(name),
                let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ"),
                environment.range(of: wanted) != nil,
                let command = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
            else { return nil }
            let words = command.split(separator: 0).map { Transcript.visible(Array($0)) }
            return (id, words.joined(separator: " "))
        }
    }
}
