package import Reporting
internal import Spawn
internal import Tools

/// Why an environment could not be created. Nothing of it is left, and the old one still works.
package struct InstallFailure: Explained, Equatable {
    package enum Reason: Sendable, Equatable {
        /// pip installs from a registry or from a folder, not from its cache.
        case noCache
        case unreachable
        /// The requirement that is not available for this Python, if the installer names it.
        case noSuchVersion(String?, release: String)
        /// No version at all was found, for which there are two possible reasons.
        case nothingOffered(String?)
        case pythonTooOld(release: String, what: String?)
        case conflict
        /// Debian's Python without `python3-venv`.
        case noVenv
        case interrupted(Int32)
        case other(String)
    }

    let reason: Reason
    var isOffline = false
    /// What repeats the installation.
    var command = "hooks tools sync"
    /// The stored output of the installer.
    package private(set) var output: [UInt8] = []

    package init(_ reason: Reason) { self.reason = reason }

    package var message: String {
        switch reason {
        case .noCache: "pip cannot install offline from its cache; nothing was installed"
        case .unreachable: "the package registry cannot be reached; nothing was installed"
        case .noSuchVersion(let requirement, let release):
            "\(Self.absence(of: requirement, isOffline)) for Python \(release); nothing was installed"
        case .nothingOffered(let requirement) where isOffline:
            "\(Self.absence(of: requirement, isOffline)); nothing was installed"
        case .nothingOffered(let requirement):
            "no version of \(requirement.map { "`\($0)`" } ?? "a pinned package") was found: there is no such package, or the registry cannot be reached; nothing was installed"
        case .pythonTooOld(let release, let what):
            "Python \(release) is too old for \(what.map { "`\($0)`" } ?? "the pinned tools"); nothing was installed"
        case .conflict: "the pins contradict each other; nothing was installed"
        case .noVenv: "this Python cannot make environments: its `venv` is not complete"
        case .interrupted: "interrupted; nothing was installed"
        case .other(let line): "the tools cannot be installed: \(line)"
        }
    }

    package var hints: [String] {
        switch reason {
        case .noCache: ["install uv, or use `--wheels DIR` with a folder of wheels"]
        case .unreachable:
            ["try again later, or use `\(command) --wheels DIR` with a folder of wheels"]
        case .noSuchVersion where command == "hooks install",
            .nothingOffered where command == "hooks install":
            // Nothing is pinned that could be corrected.
            [
                "`\(command) --verbose` shows the installer's output",
                "or `\(command) --wheels DIR` with a folder of wheels",
            ]
        case .noSuchVersion, .nothingOffered:
            ["correct [tools], then `hooks tools sync`; `--verbose` shows the installer's output"]
        case .pythonTooOld:
            [
                "`\(command) --python PATH` uses another Python",
                "or pin an older version in [tools]",
            ]
        case .conflict: ["`\(command) --verbose` shows the installer's output"]
        case .noVenv: ["`apt-get install python3-venv`, or install uv"]
        case .interrupted: []
        case .other: ["`\(command) --verbose` shows the installer's output"]
        }
    }

    private static func absence(of requirement: String?, _ isOffline: Bool) -> String {
        let name = requirement.map { "`\($0)`" }
        return isOffline
            ? "\(name ?? "a pinned package") is not among the available packages"
            : "there is no \(name ?? "such version of a pinned package")"
    }

    package var exitStatus: ExitStatus {
        if case .interrupted(let signal) = reason { .signal(signal) } else { .broken }
    }
}

extension InstallFailure {
    /// The meaning of the output of pip or uv.
    init(
        _ completion: Completion, requirements: Requirements, python: Python,
        source: Installer.Source
    ) {
        let text = String(decoding: completion.output, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        isOffline = source != .registry
        output = completion.output
        let complaints = lines.filter(Self.isComplaint)
        let named = requirements.lines.first { line in
            let package = line.prefix { $0 != "=" && $0 != "[" }
            return complaints.contains { $0.contains(line) || $0.contains("'\(package)'") }
        }
        if completion.ending == .cancelled {
            reason = .interrupted(Interruption.current.signal ?? 2)
        } else if says(
            "ensurepip is not available", "No module named venv", "No module named ensurepip")
        {
            reason = .noVenv
        } else if says(
            "require a different python version", "current Python version",
            "requires a different Python", "requires Python >")
        {
            reason = .pythonTooOld(release: python.release, what: named)
        } else if source == .registry,
            says(
                "connection broken", "Connection refused", "dns error", "Name or service not known",
                "Temporary failure in name resolution", "Failed to fetch", "Failed to establish",
                "Max retries exceeded", "ConnectTimeoutError", "error sending request")
        {
            reason = .unreachable
        } else if says("(from versions: none)") {
            reason = .nothingOffered(named)
        } else if says("ResolutionImpossible", "conflicting dependencies") {
            reason = .conflict
        } else if says(
            "No matching distribution found", "there is no version of", "was not found in",
            "not found in the cache", "no versions of")
        {
            reason = .noSuchVersion(named, release: python.release)
        } else if says("No solution found") {
            reason = .conflict
        } else {
            let last =
                lines.last { Self.isComplaint($0) } ?? lines.last ?? "it printed nothing"
            reason = .other(safeLine(last.utf8))
        }
    }

    private static func isComplaint(_ line: String) -> Bool {
        ["error", "no ", "because", "conflict", "ignored"].contains {
            line.lowercased().contains($0)
        }
    }
}
