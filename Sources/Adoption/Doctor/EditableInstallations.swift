internal import Files
internal import Git
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// Packages that are installed as a way to their source (`pip install -e`), where that way leads into
/// a working tree of this repository.
///
/// In the view of a job the stage stands in the place of its worktree, so the way leads to what is
/// under test. It does not where the system lets nobody have a view of their own, nor when it leads to
/// another worktree, as that of a `.venv` which a linked worktree shares.
struct EditableInstallations {
    private let repository: Repository
    private let context: Context
    /// The working trees of the repository.
    private let worktrees: [FilePath]
    /// Where ways lead, each with the file that says so.
    private let ways: [(target: FilePath, file: FilePath)]

    init(_ repository: Repository, _ context: Context) {
        self.repository = repository
        self.context = context
        worktrees = Self.worktrees(of: repository)
        // Without one of its own, a linked worktree has that of the main one.
        let shared = worktrees.prefix(2).map { $0.appending(".venv") }
            .first { (try? Folder(opening: $0)) != nil }
        let active = context.environment["VIRTUAL_ENV"].map { FilePath($0) }
        var found: [(target: FilePath, file: FilePath)] = []
        for environment in [shared, active].compactMap({ $0 }) {
            for way in Self.ways(in: environment) where !found.contains(where: { $0 == way }) {
                found.append(way)
            }
        }
        ways = found
    }

    private static func worktrees(of repository: Repository) -> [FilePath] {
        var all = [repository.worktree]
        if repository.commonDirectory.lastComponent == ".git" {
            all.append(repository.commonDirectory.removingLastComponent())
        }
        let place = repository.commonDirectory.appending("worktrees")
        for name in (try? Folder(opening: place).names()) ?? [] {
            let folder = place.pushing(name)
            guard let text = (try? contents(of: folder.appending("gitdir"))) ?? nil else {
                continue
            }
            let line = FilePath(bytes: text.prefix { $0 != UInt8(ascii: "\n") })
            all.append(folder.pushing(line).lexicallyNormalized().removingLastComponent())
        }
        return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What `.pth` files and the finders of setuptools say.
    private static func ways(in environment: FilePath) -> [(target: FilePath, file: FilePath)] {
        var ways: [(target: FilePath, file: FilePath)] = []
        let libraries = (try? Folder(opening: environment.appending("lib")).names()) ?? []
        for library in libraries where library.string.hasPrefix("python") {
            let place = environment.appending("lib").pushing(library).appending("site-packages")
            for name in (try? Folder(opening: place).names()) ?? [] {
                let isFinder = name.string.hasPrefix("__editable__") && name.extension == "py"
                guard isFinder || name.extension == "pth" else { continue }
                let file = place.pushing(name)
                let text = ((try? contents(of: file, upTo: 1 << 20)) ?? nil) ?? []
                ways += text.split { $0 == 10 || isFinder && ($0 == 34 || $0 == 39) }
                    .filter { $0.first == UInt8(ascii: "/") }
                    .map { (FilePath(bytes: $0).lexicallyNormalized(), file) }
            }
        }
        return ways
    }

    /// Nothing where there are none.
    var diagnosis: [Diagnosis] {
        let here = ways.filter { worktree(of: $0.target) == repository.worktree }
        let elsewhere = ways.filter {
            guard let tree = worktree(of: $0.target) else { return false }
            return tree != repository.worktree
        }
        if let way = elsewhere.first {
            return [
                Diagnosis(
                    "editable installations",
                    "\(safeName(way.file)) leads to \(safeName(way.target)), in another worktree: "
                        + "jobs that import it do not see what is committed here",
                    cures: [
                        "make an environment for this worktree: `python3 -m venv .venv`, and install "
                            + "the project into it"
                    ])
            ]
        }
        if here.isEmpty { return [] }
        let exposed = hasView ? [] : here.filter { !isOnPath($0.target) }
        guard let way = exposed.first else {
            return [Diagnosis("editable installations", "\(here.count) lead into the stage")]
        }
        return [
            Diagnosis(
                "editable installations",
                "\(safeName(way.file)) leads to \(safeName(way.target)), and this system gives no job a "
                    + "view of its own: jobs that import it see your working files",
                cures: ["allow user namespaces, or install the project without `-e`"])
        ]
    }

    /// The innermost worktree that something is in.
    private func worktree(of path: FilePath) -> FilePath? {
        worktrees.filter { path.starts(with: $0) }
            .max { $0.components.count < $1.components.count }
    }

    /// Whether Python finds it on `PYTHONPATH`, which begins with the stage, before it gets there.
    private func isOnPath(_ path: FilePath) -> Bool {
        let source = repository.worktree.appending("src")
        let top = (try? Folder(opening: source)) != nil ? source : repository.worktree
        return path == top || path.removingLastComponent() == top
    }

    /// Whether a job can be shown the stage in the place of the worktree; asked of the system by
    /// trying.
    private var hasView: Bool {
        let home = PlaceHome(caches: context.caches, home: context.environment["HOME"])
        if home.isWithin(repository.worktree) { return false }
        var invocation = Invocation(
            program: "/bin/sh",
            arguments: [Array("-c".utf8), Array("test -z \"$HOOKS_NO_VIEW\"".utf8)],
            folder: "/", environment: context.environment, timeout: .seconds(10),
            protected: [repository.gitDirectory])
        invocation.mounts = [Invocation.Mount(repository.worktree, at: repository.worktree)]
        invocation.withoutMounts = ["HOOKS_NO_VIEW": "1"]
        let completion = waiting(for: { [invocation] in await Spawn.run(invocation) })
        return completion?.isSuccess == true
    }
}
