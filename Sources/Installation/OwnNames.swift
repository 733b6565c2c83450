internal import Configuration
internal import Files
internal import Glibc
internal import SystemPackage

/// The folder in which earlier hooks run under their own names.
///
/// A hook may use its own name (`"$0".d`, `basename "$0"`) or the files beside it
/// (`$(dirname "$0")/functions.sh`). So `before-hooks/NAME` is a link to `../NAME.before-hooks`,
/// and everything else in the hooks folder has a link there, too. On a file system without links,
/// the scripts run `NAME.before-hooks`.
enum OwnNames {
    private static let folder: FilePath = "before-hooks"

    /// Makes the links; none if there was no earlier hook.
    static func link(in hooks: borrowing Folder, of kept: [String]) throws {
        guard !kept.isEmpty else { return try remove(from: hooks) }
        var targets: [String: String] = [:]
        for name in try hooks.names().map(\.string) where isBeside(name) { targets[name] = name }
        for name in kept {
            // The file may be created later.
            targets[name + ".d"] = name + ".d"
            targets[name] = name + Installation.saved
        }
        let names = try hooks.folder(folder, create: true, mode: 0o755)
        for name in try names.names() where targets[name.string] == nil { try unlink(name, names) }
        for (name, target) in targets {
            let (name, target) = (FilePath(name), FilePath("../" + target))
            if try names.status(name)?.kind == .symbolicLink, try names.target(of: name) == target {
                continue
            }
            try unlink(name, names)
            do throws(FileError) { try names.link(name, to: target) } catch {
                guard error.isUnsupported || error.code == .fileExists else { throw error }
            }
        }
    }

    /// Removes the links, and the folder if nothing else is in it.
    static func remove(from hooks: borrowing Folder) throws {
        guard let names = try? hooks.folder(folder) else { return }
        for name in try names.names() { try unlink(name, names) }
        if try names.names().isEmpty { try hooks.removeTree(folder) }
    }

    /// Removes a name if it is one of these links.
    private static func unlink(_ name: FilePath, _ names: borrowing Folder) throws {
        guard try names.status(name)?.kind == .symbolicLink,
            try names.target(of: name).string.hasPrefix("../")
        else { return }
        try names.remove(name)
    }

    private static func isBeside(_ name: String) -> Bool {
        !name.hasSuffix(Installation.saved) && !name.hasSuffix(".sample") && name != folder.string
            && name != "hooks-binary" && GitHook.named(name) == nil
    }
}
