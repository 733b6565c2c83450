package import SystemPackage

/// A program to start, and its limits.
package struct Invocation: Sendable {
    /// The full path of the program.
    package var program: FilePath
    /// The arguments; any bytes but NUL.
    package var arguments: [[UInt8]]
    /// The folder that it starts in.
    package var folder: FilePath
    package var environment: ProcessEnvironment
    /// After this time it is killed with everything that it started.
    package var timeout: Duration?
    /// Folders that it, and its child processes, may read but not write to; full paths without
    /// links.
    package var protected: [FilePath]
    /// Whether it certainly writes, so that the protected folders are enforced even if that
    /// forbids others.
    package var writes: Bool
    /// Folders that it may write to although a protected one contains them.
    package var writable: [FilePath]
    /// Folders that are mounted over others, in this order; if the system does not allow mounts,
    /// none.
    package var mounts: [Mount] = []
    /// Whether it is noted what it tries to write where it may not.
    package var notesDenied = false
    /// Variables that it gets if the mounts are not possible.
    package var withoutMounts: [String: String] = [:]

    /// A folder that is mounted at the path of another one.
    package struct Mount: Sendable {
        package let source: FilePath
        package let target: FilePath

        package init(_ source: FilePath, at target: FilePath) {
            self.source = source
            self.target = target
        }
    }

    package init(
        program: FilePath, arguments: [[UInt8]] = [], folder: FilePath,
        environment: ProcessEnvironment,
        timeout: Duration? = nil, protected: [FilePath] = [], writable: [FilePath] = [],
        writes: Bool = false
    ) {
        self.program = program
        self.arguments = arguments
        self.folder = folder
        self.environment = environment
        self.timeout = timeout
        self.protected = protected
        self.writable = writable
        self.writes = writes
    }
}

/// How a program ended, and its output.
package struct Completion: Sendable, Equatable {
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
        case timedOut
        /// It could not be started at all.
        case notStarted(Errno)
        /// The run was cancelled.
        case cancelled
        /// Its guard ended without a report.
        case lost
    }

    package var ending: Ending
    /// Both its streams, as they came; the last `outputLimit` bytes of them.
    package var output: [UInt8]
    /// How many bytes before `output` were not kept.
    package var leftOut: Int
    /// Names of the processes that it left running; they were killed.
    package var leftRunning: [String]
    /// Full names of what it tried to write where it may not, as far as that was noted.
    package var denied: [String] = []

    /// Whether it exited with 0 and left nothing behind.
    package var isSuccess: Bool { ending == .exited(0) && leftRunning.isEmpty }
}

/// How much of a program's output is kept, in bytes.
package let outputLimit = 256 << 10
