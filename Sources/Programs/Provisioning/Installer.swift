package import Spawn
internal import Synchronization
package import SystemPackage
internal import Tools

/// Fills a new environment: with `uv` if it is installed, else with Python's own `venv` and `pip`.
package struct Installer: Sendable {
    private let python: Python
    private let uv: FilePath?
    private let source: Source
    private let environment: ProcessEnvironment

    /// Where packages come from.
    package enum Source: Sendable, Equatable {
        /// The registry that the installer is configured for.
        case registry
        /// The installer's cache; only uv supports it.
        case cache
        /// Files of packages in a folder.
        case wheels(FilePath)
    }

    /// - Parameter uv: its program; nil if it is not installed.
    package init(
        _ python: Python, uv: FilePath?, source: Source, environment: ProcessEnvironment
    ) {
        self.python = python
        self.uv = uv
        self.source = source
        var environment = environment.withoutGit()
        // Variables that install packages elsewhere, or load modules from elsewhere.
        for name in [
            "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH",
            "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX",
        ] {
            environment[name] = nil
        }
        self.environment = environment
    }

    /// Creates the environment in an existing empty folder.
    ///
    /// - Parameter say: gets the installer's lines about downloads.
    /// - Throws: `InstallFailure`.
    package func install(
        _ requirements: Requirements, into folder: FilePath,
        say: @escaping @Sendable (String) -> Void
    ) async throws(InstallFailure) {
        if source == .cache, uv == nil { throw InstallFailure(.noCache) }
        for (program, words) in commands(requirements, folder) {
            let lines = Lines(say)
            let completion = await run(
                Invocation(
                    program: program, arguments: words.map { Array($0.utf8) }, folder: folder,
                    environment: environment)
            ) { lines.take($0) }
            guard completion.isSuccess else {
                throw InstallFailure(
                    completion, requirements: requirements, python: python, source: source)
            }
        }
    }

    private func commands(
        _ requirements: Requirements, _ folder: FilePath
    ) -> [(program: FilePath, words: [String])] {
        let inner = folder.appending("bin").appending("python")
        let found: [String] =
            if case .wheels(let wheels) = source {
                ["--no-index", "--find-links", wheels.string]
            } else {
                []
            }
        guard let uv else {
            return [
                (python.program, ["-I", "-m", "venv", folder.string]),
                (
                    inner,
                    [
                        "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                        "--progress-bar", "off",
                    ] + found + requirements.lines
                ),
            ]
        }
        let offline = source == .cache ? ["--offline"] : []
        return [
            (
                uv,
                [
                    "venv", "--quiet", "--allow-existing", "--python", python.program.string,
                    folder.string,
                ]
            ),
            (
                uv,
                ["pip", "install", "--compile-bytecode", "--python", inner.string]
                    + offline + found + requirements.lines
            ),
        ]
    }
}

/// Splits the output of an installer into lines and passes on those about downloads.
private final class Lines: Sendable {
    private let rest = Mutex<[UInt8]>([])
    private let say: @Sendable (String) -> Void

    init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }

    func take(_ bytes: [UInt8]) {
        let lines = rest.withLock { rest in
            rest += bytes
            var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            rest = lines.popLast().map(Array.init) ?? []
            return lines.map { String(decoding: $0, as: UTF8.self) }
        }
        for line in lines {
            let words = line.split(separator: " ")
            guard words.first == "Downloading", words.count > 1 else { continue }
            say("downloading " + words.dropFirst().joined(separator: " "))
        }
    }
}
