internal import Files
internal import Glibc
package import Reporting
package import SystemPackage
package import Tools

/// Where a program was found, and why there.
package struct FoundProgram: Sendable, Equatable {
    package enum Origin: String, Sendable {
        case project = "the project's environment"
        case active = "the active environment"
        case managed = "the managed environment"
        case path = "PATH"
    }

    package var path: FilePath
    package var origin: Origin
}

/// Finds programs: in the project's own environment, in the active one, in the managed one, then on
/// `PATH`.
package struct Finder: Sendable {
    private typealias Place = (folder: FilePath, origin: FoundProgram.Origin)
    private let places: [Place]

    /// - Parameters:
    ///   - worktree: the top folder, where `.venv` and `node_modules` are looked for.
    ///   - active: the value of `VIRTUAL_ENV`.
    ///   - managed: the `bin` folder of the managed environment.
    ///   - path: the value of `PATH`; relative entries are passed over, because they name other
    ///     things in an overlay.
    package init(worktree: FilePath, active: String?, managed: FilePath?, path: String) {
        var places: [Place] = [
            (worktree.appending(".venv").appending("bin"), .project),
            (worktree.appending("node_modules").appending(".bin"), .project),
        ]
        if let active, active.hasPrefix("/") {
            places.append((FilePath(active).appending("bin"), .active))
        }
        if let managed { places.append((managed, .managed)) }
        for entry in path.split(separator: ":") where entry.hasPrefix("/") {
            places.append((FilePath(String(entry)), .path))
        }
        self.places = places
    }

    /// The first program of that name that the user may run; nil when there is none.
    ///
    /// The managed environment has a Python and a pip of its own, which are not the project's.
    package func find(_ name: String) -> FoundProgram? {
        let isManagers = name.hasPrefix("python") || name.hasPrefix("pip")
        return find(name) { $0.origin != .managed || !isManagers }
    }

    /// The program of a tool; where the project pins it, one of that version with its plugins.
    ///
    /// - Throws: `MissingTool` when there is none, or none as pinned.
    package func find(_ tool: Tool, pinned pin: Pin?) throws(MissingTool) -> FoundProgram {
        var others: [String] = []
        let found = find(tool.program) { place in
            guard let pin else { return true }
            let packages = InstalledPackages(beside: place.folder)
            if pin.requirements.allSatisfy(packages.satisfies) { return true }
            let here = packages.version(of: pin.package) ?? "one of unknown version"
            others.append("\(here) in \(safeName(place.folder))")
            return false
        }
        if found == nil, let other = tool.instead, let found = find(other) { return found }
        guard let found else { throw MissingTool(tool: tool, pin: pin, others: others) }
        return found
    }

    /// The version of a found program's package, from the environment that it belongs to; nil when
    /// it cannot be told.
    package func version(of package: String, at found: FoundProgram) -> String? {
        InstalledPackages(beside: found.path.removingLastComponent()).version(of: package)
    }

    private func find(_ name: String, where fits: (Place) -> Bool) -> FoundProgram? {
        for place in places {
            let path = place.folder.appending(name)
            guard path.withPlatformString({ access($0, X_OK) }) == 0, isFile(path), fits(place)
            else { continue }
            return FoundProgram(path: path, origin: place.origin)
        }
        return nil
    }

    private func isFile(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { stat($0, &status) } == 0
            && status.st_mode & S_IFMT == S_IFREG
    }
}

/// A tool is not installed, or not as the project pins it.
package struct MissingTool: Explained {
    let tool: Tool
    let pin: Pin?
    let others: [String]

    package var message: String {
        if let other = tool.instead {
            return "neither `\(tool.program)` nor `\(other)` is installed"
        }
        guard let pin else { return "`\(tool.program)` is not installed" }
        let extras = pin.plugins.isEmpty ? "" : " with \(pin.plugins.joined(separator: ", "))"
        guard let first = others.first else {
            return "`\(tool.program)` \(pin.version)\(extras) is pinned and not installed"
        }
        let more = others.count > 1 ? " and \(others.count - 1) more" : ""
        return
            "`\(tool.program)` \(pin.version)\(extras) is pinned, but there is only \(first)\(more)"
    }

    package var hints: [String] {
        let skip = "`HOOKS_SKIP=\(tool.name) git commit` for once"
        guard pin == nil else { return ["hooks tools sync", "or \(skip)"] }
        guard !tool.package.isEmpty else { return ["install it for the project, or \(skip)"] }
        return [
            "pin it in [tools] and `hooks tools sync`, or "
                + "`python3 -m venv .venv && .venv/bin/pip install \(tool.package)`, or \(skip)"
        ]
    }

    package var exitStatus: ExitStatus { .broken }
}
