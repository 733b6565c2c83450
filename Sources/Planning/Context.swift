internal import Glibc
package import Reporting
package import Spawn
package import SystemPackage
package import Warm

/// What a run is given from outside, made once in the executable and passed down.
package struct Context {
    /// The folder that the user stands in.
    package var folder: FilePath
    package var environment: ProcessEnvironment
    package var renderer: any Renderer
    /// How many processes may run at the same time.
    package var jobs: Int
    /// Whether that is the user's own limit, and not how many processors there are.
    package var isLimited: Bool
    /// What the user typed, or what git runs hooks for, as `git commit`; nil where nobody types
    /// anything, as in a CI.
    package var command: String?
    /// Where Python tools run without being started anew.
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

    /// The variable by which the hooks that git calls learn that they belong to a run of
    /// `hooks ship`; its value is a mark that no other run has.
    package static let runMark = "HOOKS_SHIP_RUN"

    /// The user's folder for caches, as the XDG base directory specification has it.
    package var caches: FilePath { environment.caches }

    /// The user's folder for data, as the XDG base directory specification has it; nil without a
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

    /// How jobs are left out this time, as a hint; nil where there is nobody to do it.
    package func skipHint(_ jobs: [String]) -> String? {
        command.map { "or skip this time: `HOOKS_SKIP=\(jobs.joined(separator: ",")) \($0)`" }
    }

    /// What only makes runs faster, and can be switched off to measure it or to find a fault.
    package enum Accelerator: String {
        /// Checkers run beside the fixers.
        case speculation
        /// Built-in checks look at files as they are read.
        case glance
    }

    /// Whether `HOOKS_WITHOUT` switches it off.
    package func isWithout(_ accelerator: Accelerator) -> Bool {
        (environment["HOOKS_WITHOUT"] ?? "").split(separator: ",")
            .contains { $0 == accelerator.rawValue }
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
