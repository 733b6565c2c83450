internal import Glibc
package import Reporting
package import Spawn
package import SystemPackage

/// What a run is given from outside, made once in the executable and passed down.
package struct Context {
    /// The folder that the user stands in.
    package var folder: FilePath
    package var environment: ProcessEnvironment
    package var renderer: any Renderer
    /// How many processes may run at the same time.
    package var jobs: Int

    package init(
        folder: FilePath, environment: ProcessEnvironment, renderer: any Renderer, jobs: Int
    ) {
        self.folder = folder
        self.environment = environment
        self.renderer = renderer
        self.jobs = jobs
    }

    /// The variable by which the hooks that git calls learn that they belong to a run of
    /// `hooks ship`; its value is a mark that no other run has.
    package static let runMark = "HOOKS_SHIP_RUN"

    /// The user's folder for caches, as the XDG base directory specification has it.
    package var caches: FilePath {
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
            return FilePath(path).appending("hooks")
        }
        if let home = environment["HOME"], home.hasPrefix("/") {
            return FilePath(home).appending(".cache").appending("hooks")
        }
        return FilePath("/tmp/hooks-\(geteuid())")
    }

    /// Jobs that the user leaves out this time, and the variable that says so.
    package var skipping: [String: String] {
        var names: [String: String] = [:]
        for variable in ["SKIP", "HOOKS_SKIP"] {
            for name in (environment[variable] ?? "").split(separator: ",") {
                names[name.filter { !$0.isWhitespace }] = variable
            }
        }
        return names
    }
}
