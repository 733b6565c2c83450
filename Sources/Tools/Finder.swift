internal import Files
internal import Glibc
package import Reporting
package import SystemPackage

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
    private let places: [(folder: FilePath, origin: FoundProgram.Origin)]

    /// - Parameters:
    ///   - worktree: the top folder, where `.venv` and `node_modules` are looked for.
    ///   - active: the value of `VIRTUAL_ENV`.
    ///   - managed: the `bin` folder of the managed environment.
    ///   - path: the value of `PATH`; relative entries are passed over, because they name other
    ///     things in an overlay.
    package init(worktree: FilePath, active: String?, managed: FilePath?, path: String) {
        var places: [(folder: FilePath, origin: FoundProgram.Origin)] = [
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
    package func find(_ name: String) -> FoundProgram? {
        find(name) { _ in true }
    }

    /// The program of a tool, at the pinned version where the place tells its version.
    ///
    /// - Throws: `MissingTool` when there is none, or none at that version.
    package func find(_ tool: Tool, pinned version: String?) throws(MissingTool) -> FoundProgram {
        var others: [String] = []
        let found = find(tool.program) { folder in
            guard let version, let here = Self.version(of: tool.package, beside: folder),
                here != version
            else { return true }
            others.append("\(here) in \(safeName(folder))")
            return false
        }
        if found == nil, let other = tool.instead, let found = find(other) { return found }
        guard let found else { throw MissingTool(tool: tool, version: version, others: others) }
        return found
    }

    private func find(
        _ name: String, where fits: (FilePath) -> Bool
    ) -> FoundProgram? {
        for place in places {
            let path = place.folder.appending(name)
            guard path.withPlatformString({ access($0, X_OK) }) == 0, isFile(path),
                fits(place.folder)
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

    /// The version of a Python package in the environment that `folder` is the `bin` of, from the
    /// name of its metadata; nil when it cannot be told.
    private static func version(of package: String, beside folder: FilePath) -> String? {
        let library = folder.removingLastComponent().appending("lib")
        guard let pythons = try? Folder(opening: library).names() else { return nil }
        let prefix = package.lowercased() + "-"
        let suffix = ".dist-info"
        for python in pythons where python.string.hasPrefix("python") {
            let packages = library.pushing(python).appending("site-packages")
            let name = (try? Folder(opening: packages).names())?.lazy.map(\.string)
                .first { $0.lowercased().hasPrefix(prefix) && $0.hasSuffix(suffix) }
            if let name { return String(name.dropFirst(prefix.count).dropLast(suffix.count)) }
        }
        return nil
    }
}

/// A tool is not installed, or not at the version that the project pins.
package struct MissingTool: Explained {
    let tool: Tool
    let version: String?
    let others: [String]

    package var message: String {
        if let other = tool.instead {
            return "neither `\(tool.program)` nor `\(other)` is installed"
        }
        guard let version, !others.isEmpty else { return "`\(tool.program)` is not installed" }
        return
            "`\(tool.program)` \(version) is pinned, but there is only \(others.joined(separator: ", "))"
    }

    package var hints: [String] {
        if tool.package.isEmpty {
            return [
                "install \(tool.program), or `HOOKS_SKIP=\(tool.name)` for once"
            ]
        }
        let wanted = version.map { "\(tool.package)==\($0)" } ?? tool.package
        return [
            "`python3 -m venv .venv && .venv/bin/pip install \(wanted)`, "
                + "or `HOOKS_SKIP=\(tool.name) git commit` for once"
        ]
    }

    package var exitStatus: ExitStatus { .broken }
}
