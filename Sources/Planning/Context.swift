internal import Glibc
package import Reporting
package import Spawn
package import SystemPackage
package import Warm

/// The context of a run, created once in the executable and passed down.
package struct Context {
    /// The current folder of the user.
    package var folder: FilePath
    package var environment: ProcessEnvironment
    package var renderer: any Renderer
    /// How many processes may run at the same time.
    package var jobs: Int
    /// Whether the user set this limit; otherwise it is the number of processors.
    package var isLimited: Bool
    /// The command of the user, or the git command that runs hooks, such as `git commit`; nil if
    /// nobody types commands, as in a CI.
    package var command: String?
    /// The servers that run Python tools without starting Python.
    package let servers: ToolServers

    package init(
        folder: FilePath, environment: ProcessEnvironment, renderer: any Renderer, jobs: Int,
        isLimited: Bool = false
    ) {
        self.folder = folder
        self.environment = environment
        self.renderer = renderer
        self.jobs = jobs
        self.isLimited = isLimited
        servers = ToolServers(
            caches: environment.caches, runtime: environment["XDG_RUNTIME_DIR"])
    }

    /// The variable that tells the hooks that git calls that they belong to a run of
    /// `hooks ship`; its value is a mark that no other run has.
    package static let runMark = "HOOKS_SHIP_RUN"

    /// The user's folder for caches, by the XDG base directory specification.
    package var caches: FilePath { environment.caches }

    /// The user's folder for data, by the XDG base directory specification; nil without a
    /// home.
    package var data: FilePath? {
        if let path = environment["XDG_DATA_HOME"], path.hasPrefix("/") {
            return FilePath(path).appending("hooks")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return FilePath(home).appending(".local").appending("share").appending("hooks")
    }

    /// Whether tool servers may be used; a variable is for those who measure, and for tests.
    package var mayBeWarm: Bool { environment["HOOKS_WARM"] != "0" }

    /// A hint how to skip jobs this time; nil if nobody types commands.
    package func skipHint(_ jobs: [String]) -> String? {
        command.map { "or skip this time: `HOOKS_SKIP=\(jobs.joined(separator: ",")) \($0)`" }
    }

    /// Optimizations that can be turned off, to measure them or to find a fault.
    package enum Accelerator: String {
        /// Checkers run at the same time as the fixers.
        case speculation
        /// Built-in checks check files as they are read.
        case glance
    }

    /// Whether `HOOKS_WITHOUT` turns it off.
    package func isWithout(_ accelerator: Accelerator) -> Bool {
        (environment["HOOKS_WITHOUT"] ?? "").split(separator: ",")
            .contains { $0 == accelerator.rawValue }
    }

    /// Jobs that the user skips this time, with the variable that names them.
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
