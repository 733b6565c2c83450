package import Configuration
internal import Files
internal import Glibc
package import Reporting
package import SystemPackage
package import Tools

/// Where a program was found, and why it was chosen.
package struct FoundProgram: Sendable, Equatable {
    package enum Origin: String, Sendable {
        case project = "the project's environment"
        case active = "the active environment"
        case noted = "the environment that was active at `hooks install`"
        case managed = "the managed environment"
        case path = "PATH"
        case tested = "installed by `hooks install`"
    }

    package var path: FilePath
    package var origin: Origin
}

/// Finds programs: in the project's own environment, in the active one, in the managed one, then on
/// `PATH`, then among the tools that `hooks install` installs by default.
package struct Finder: Sendable {
    private typealias Place = (folder: FilePath, origin: FoundProgram.Origin)
    private var places: [Place]
    private let worktree: FilePath
    /// Whether the project has a Python environment of its own.
    private let hasOwnPython: Bool

    /// - Parameters:
    ///   - worktree: the top folder, where `.venv` and `node_modules` are searched.
    ///   - active: the value of `VIRTUAL_ENV`.
    ///   - noted: the environment that was active when the hooks were installed.
    ///   - managed: the `bin` folder of the managed environment.
    ///   - path: the value of `PATH`; relative entries are skipped, because they name other
    ///     things in an overlay.
    ///   - tested: the `bin` folder of the tools at the versions that this release was tested with.
    package init(
        worktree: FilePath, active: String?, noted: FilePath? = nil, managed: FilePath?,
        path: String, tested: FilePath? = nil
    ) {
        self.worktree = worktree
        var places = Self.places(in: worktree)
        if let active, active.hasPrefix("/") {
            places.append((FilePath(active).appending("bin"), .active))
        }
        if let noted { places.append((noted.appending("bin"), .noted)) }
        if let managed { places.append((managed, .managed)) }
        for entry in path.split(separator: ":") where entry.hasPrefix("/") {
            places.append((FilePath(String(entry)), .path))
        }
        if let tested { places.append((tested, .tested)) }
        self.places = places
        hasOwnPython = places.contains { place in
            [.project, .noted].contains(place.origin)
                && place.folder.appending("python").withPlatformString { access($0, X_OK) } == 0
        }
    }

    /// Folders with programs inside a folder of the project.
    ///
    /// Other folders may also be named `venv` or `env`, so a file must show that it is an
    /// environment.
    private static func places(in folder: FilePath) -> [Place] {
        var places: [Place] = [(folder.appending(".venv").appending("bin"), .project)]
        for name in ["venv", "env"] {
            let environment = folder.appending(name)
            let sign = environment.appending("pyvenv.cfg")
            if sign.withPlatformString({ access($0, F_OK) }) == 0 {
                places.append((environment.appending("bin"), .project))
            }
        }
        places.append((folder.appending("node_modules").appending(".bin"), .project))
        return places
    }

    /// The finder for a job of a nested folder: its own programs come first, then those of the
    /// folders above it.
    package func within(_ folder: FilePath) -> Finder {
        guard !folder.isEmpty else { return self }
        var finder = self
        var nested: [Place] = []
        var above = folder
        while !above.isEmpty {
            nested += Self.places(in: worktree.pushing(above))
            above.removeLastComponent()
        }
        finder.places = nested + places
        return finder
    }

    /// The first program with this name that the user may run; nil if there is none.
    ///
    /// The Python and pip of the managed environment are not used: they are not the project's.
    package func find(_ name: String) -> FoundProgram? {
        let isManagers = name.hasPrefix("python") || name.hasPrefix("pip")
        return find(name) { ![.managed, .tested].contains($0.origin) || !isManagers }
    }

    /// The program of a tool; if the project pins it, one in that version with its plugins.
    ///
    /// - Throws: `MissingTool` if there is none, or none as pinned.
    package func find(_ tool: Tool, pinned pin: Pin?) throws(MissingTool) -> FoundProgram {
        var others: [String] = []
        let found = find(tool.program) { place in
            // The packages of the project are not in that environment.
            if place.origin == .tested, tool.isWholeTree,
                hasOwnPython || PackageManager(of: worktree) != nil
            {
                return false
            }
            guard let pin else { return true }
            let packages = InstalledPackages(beside: place.folder)
            if pin.requirements.allSatisfy(packages.satisfies) { return true }
            let here = packages.version(of: pin.package) ?? "one of unknown version"
            others.append("\(here) in \(safeName(place.folder))")
            return false
        }
        if found == nil, let other = tool.instead, let found = find(other) { return found }
        guard let found else {
            throw MissingTool(
                tool: tool, pin: pin, others: others, manager: PackageManager(of: worktree),
                besideProject: hasOwnPython)
        }
        return found
    }

    /// The version of a found program's package, from the environment that it belongs to; nil if
    /// it is unknown.
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
    var manager: PackageManager?
    /// Whether the project has a Python environment of its own.
    let besideProject: Bool

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
        if pin != nil { return ["`hooks tools sync` installs the pinned tools"] }
        if tool.package.isEmpty {
            return ["install `\(tool.program)` for the project or this machine"]
        }
        // Into the project's environment; another environment beside the one of a package manager
        // would replace it.
        if tool.isWholeTree, let manager {
            return ["`\(manager.adding) \(tool.package)` installs it"]
        }
        if tool.isWholeTree, besideProject {
            return ["`.venv/bin/pip install \(tool.package)` installs it"]
        }
        if TestedVersions.defaults.contains(tool.package) {
            return ["`hooks install` installs the versions that this release was tested with"]
        }
        return ["`hooks tools pin \(tool.package)` pins it, then `hooks tools sync` installs it"]
    }

    package var exitStatus: ExitStatus { .broken }
}
