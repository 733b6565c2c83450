package import Files
internal import Git
internal import Glibc
package import SystemPackage
internal import Tools

/// The folders above a working tree. Many tools look there for configuration, and some projects for
/// what lies beside them; a folder for jobs has the same above it.
///
/// Below the home folder, which the place of the jobs lies in exactly if the working tree does, and
/// else below the root, each folder on the way is made again with links to what the real one holds.
package struct Above {
    private let worktree: FilePath
    /// Where the way begins: the home folder or the root.
    private let start: FilePath
    /// The names of the folders between that and the working tree.
    private let names: [FilePath]

    /// A folder with more names than these, such as one for temporary files, is shown with the files
    /// alone that tools look for.
    private static let most = 500

    package init(_ worktree: FilePath, home: FilePath?) {
        self.worktree = worktree
        let real = resolved(worktree)
        let isAtHome = home.map { real.starts(with: $0) && real != $0 } ?? false
        start = isAtHome ? home ?? "/" : "/"
        var rest = real
        _ = rest.removePrefix(start)
        names = rest.components.dropLast().map { FilePath(root: nil, [$0]) }
    }

    /// Makes the folders in `place`, with everything that is to be seen in them, and nothing else.
    ///
    /// - Parameter hasFolders: whether folders beside the way are there too.
    /// - Returns: the last one, which the folder of the jobs goes into.
    package func lay(in place: consuming Folder, hasFolders: Bool) throws -> Folder {
        var real = start
        var folder = place
        for position in names.indices {
            let name = names[position]
            real = real.pushing(name)
            let next = position + 1 < names.count ? names[position + 1] : worktree.name
            if try folder.status(name)?.kind != .folder { try folder.removeTree(name) }
            try folder.makeFolder(name, mode: 0o700)
            for each in try folder.names() where each != name && position == 0 {
                try folder.removeTree(each)
            }
            folder = try folder.folder(name)
            try Self.link(what: real, in: folder, but: next, hasFolders)
        }
        return folder
    }

    private static func link(
        what real: FilePath, in folder: borrowing Folder, but way: FilePath, _ hasFolders: Bool
    ) throws {
        var wanted: [FilePath: FilePath] = [:]
        // A folder that may be entered but not listed has nothing to show to a tool either.
        if let opened = try? Folder(opening: real), let all = try? opened.names() {
            let isLarge = all.count > most
            for name in all where name != way && name != ".git" {
                if isLarge, !ConfigurationNames.all.contains(name) { continue }
                guard let status = try? opened.status(name),
                    status.owner == geteuid() || status.owner == 0
                else { continue }
                if status.kind == .other || status.kind == .folder && !hasFolders { continue }
                wanted[name] = real.pushing(name)
            }
        }
        for name in try folder.names() where name != way {
            if let target = wanted[name], (try? folder.target(of: name)) == target {
                wanted[name] = nil
            } else {
                try folder.removeTree(name)
            }
        }
        do {
            for (name, target) in wanted { try folder.link(name, to: target) }
        } catch {
            // A file system without links shows nothing above.
            guard error.isUnsupported else { throw error }
        }
    }

    /// The files above the working tree that configure tools, each with its content: what a result
    /// depends on beside the tree.
    package func configurations() -> [(path: FilePath, content: [UInt8])] {
        var found: [(path: FilePath, content: [UInt8])] = []
        var folder = resolved(worktree)
        while folder.removeLastComponent(), !folder.components.isEmpty {
            guard let opened = try? Folder(opening: folder) else { continue }
            for name in ConfigurationNames.sorted {
                guard let status = try? opened.status(name), status.kind != .folder,
                    let content = (try? contents(of: folder.pushing(name), upTo: 1 << 20)) ?? nil
                else { continue }
                found.append((folder.pushing(name), content))
            }
        }
        return found
    }
}

/// The configuration files that tools search for in the folders above their files.
package enum ConfigurationNames {
    /// Those of programs that are not in the catalogue.
    private static let others = [
        ".actionlint.yaml", ".autoflake", ".coveragerc", "Cargo.toml", "conftest.py", "go.work",
        "package.json", "pytest.ini", "shellcheckrc",
        "tsconfig.json", "ty.toml",
    ]

    /// Those of the catalogue's tools are declared with the tools; one with a `/` belongs to the top
    /// of a repository.
    static let sorted: [FilePath] = Set(
        Catalogue.all.flatMap(\.configurationNames).filter { !$0.contains("/") } + others
    ).sorted().map { FilePath($0) }

    package static let all = Set(sorted)
}
