package import Configuration
internal import Files
package import Git
internal import GitIndex
internal import Notation
package import Reporting
package import SystemPackage

/// Installs the scripts in the folder where git looks for hooks, and removes them.
///
/// An existing hook is renamed to `NAME.before-hooks`; the script runs it first, under the
/// name that it had (`OwnNames`). Next
/// to the scripts a link named `hooks-binary` leads to the program, so that they find it whatever
/// PATH git has; on a file system without links it is a script of one line.
package struct Installation {
    static let saved = ".before-hooks"
    private static let link: FilePath = "hooks-binary"
    /// The mark in the second line of every script of hooks.
    private static let mark = Array("\n# hooks: ".utf8)

    private let repository: Repository
    private let program: FilePath

    /// The script that replaces the link where there are no links.
    private var callingScript: [UInt8] {
        let quoted = program.bytes.split(
            separator: UInt8(ascii: "'"), omittingEmptySubsequences: false
        )
        .joined(separator: #"'\''"#.utf8)
        return Array("#!/bin/sh\nexec '".utf8) + quoted + Array("' \"$@\"\n".utf8)
    }

    /// - Parameter program: the full path of the program that the scripts are to call.
    package init(_ repository: Repository, program: FilePath) {
        self.repository = repository
        self.program = program
    }

    /// The changes, one line each.
    package struct Result {
        package var folder: FilePath
        package var lines: [String]
        /// Whether anything was changed.
        package var changed: Bool
    }

    /// Writes the scripts of these hooks, and removes those of other hooks. A second call changes
    /// nothing.
    ///
    /// - Parameter force: with a `core.hooksPath` for all repositories of the user, gives this one
    ///   its own folder.
    package func install(_ hooks: [GitHook], force: Bool) throws -> Result {
        var result = Result(folder: try folder(force: force), lines: [], changed: false)
        let folder = try Folder(making: result.folder, mode: 0o755)
        for hook in GitHook.all {
            try removeMoved(hook, from: folder, &result)
            if hooks.contains(hook) {
                try write(FilePath(hook.name), hook.script, in: folder, &result)
            } else {
                try remove(FilePath(hook.name), from: folder, &result)
            }
        }
        try OwnNames.link(in: folder, of: kept(in: folder))
        try writeLink(in: folder, &result)
        try ignorePersonal()
        return result
    }

    private func writeLink(in folder: borrowing Folder, _ result: inout Result) throws {
        if try target(of: Self.link, in: folder) == program { return }
        if (try? folder.read(Self.link).content) == callingScript { return }
        try folder.remove(Self.link)
        do throws(FileError) { try folder.link(Self.link, to: program) } catch {
            guard error.isUnsupported else { throw error }
            try folder.replace(Self.link, content: callingScript, permissions: 0o755)
        }
        result.changed = true
    }

    /// Makes git ignore `hooks.local.toml`, which is for one user only.
    private func ignorePersonal() throws {
        let name: FilePath = "hooks.local.toml"
        guard !repository.isIgnored(name) else { return }
        let folder = try Folder(
            making: repository.commonDirectory.appending("info"), mode: 0o755)
        let old = try folder.status("exclude") == nil ? [] : try folder.read("exclude").content
        let separator = old.isEmpty || old.last == UInt8(ascii: "\n") ? "" : "\n"
        try folder.append("exclude", Array("\(separator)/\(name.string)\n".utf8))
    }

    private func write(
        _ name: FilePath, _ content: [UInt8], in folder: borrowing Folder, _ result: inout Result
    ) throws {
        let before = FilePath(name.string + Self.saved)
        if let status = try folder.status(name) {
            let existing = try? folder.read(name).content
            if existing == content, status.isExecutable { return }
            if existing.map(isOurs) != true {
                // Another manager that was installed again: what it wrote first is out of date.
                let older = try? folder.read(before).content
                let manager = existing.flatMap(InstallationState.manager)
                if let manager, older.flatMap(InstallationState.manager) == manager {
                    try folder.remove(before)
                }
                // A killed install leaves both names for the one file.
                guard try folder.status(before).map({ $0.isSameFile(as: status) }) != false else {
                    throw InstallationFailure(
                        "both \(safeName(name)) and \(safeName(before)) are in \(safeName(folder.path)), and neither was written by hooks",
                        hint: "move one of them away, then `hooks install`")
                }
                try keep(name, as: before, in: folder)
                try OwnNames.link(in: folder, of: kept(in: folder))
                result.lines.append("kept your \(name.string): it runs first, as \(before.string)")
            }
        }
        try folder.replace(name, content: content, permissions: 0o755)
        result.changed = true
    }

    /// Removes a script of ours that another manager has moved aside to run it behind its own: ours is in
    /// front again, or goes.
    private func removeMoved(
        _ hook: GitHook, from folder: borrowing Folder, _ result: inout Result
    ) throws {
        for name in [".legacy", ".old"].map({ FilePath(hook.name + $0) }) {
            guard let content = try? folder.read(name).content, isOurs(content) else { continue }
            try folder.remove(name)
            result.changed = true
        }
    }

    /// The hooks that were there before, by their names in git.
    private func kept(in folder: borrowing Folder) throws -> [String] {
        try folder.names().compactMap { name in
            guard name.string.hasSuffix(Self.saved) else { return nil }
            return String(name.string.dropLast(Self.saved.count))
        }
    }

    /// Gives a hook a second name, so that it is never missing; where the file
    /// system has no links, another name.
    private func keep(
        _ name: FilePath, as before: FilePath, in folder: borrowing Folder
    ) throws {
        guard try folder.status(before) == nil else { return }
        do { try folder.hardLink(name, into: folder, as: before) } catch {
            try folder.rename(name, into: folder, as: before)
        }
    }

    /// Removes the scripts of hooks and restores the earlier hooks.
    package func uninstall() throws -> Result {
        var result = Result(folder: try folderOfScripts(), lines: [], changed: false)
        guard let folder = try? Folder(opening: result.folder) else { return result }
        for hook in GitHook.all {
            try removeMoved(hook, from: folder, &result)
            try remove(FilePath(hook.name), from: folder, &result)
        }
        try OwnNames.remove(from: folder)
        if try folder.status(Self.link) != nil {
            try folder.remove(Self.link)
            result.changed = true
        }
        return result
    }

    /// Removes one script, and restores the earlier hook.
    private func remove(
        _ name: FilePath, from folder: borrowing Folder, _ result: inout Result
    ) throws {
        let before = FilePath(name.string + Self.saved)
        guard let (content, _) = try? folder.read(name), isOurs(content) else {
            let saved = try folder.status(before)
            if let now = try folder.status(name), saved?.isSameFile(as: now) == true {
                try folder.remove(before)
            }
            return
        }
        result.changed = true
        guard try folder.status(before) != nil else { return try folder.remove(name) }
        try folder.rename(before, into: folder, as: name)
        result.lines.append("restored your \(name.string)")
    }

    private func isOurs(_ content: [UInt8]) -> Bool {
        content.prefix(200).starts(with: Array("#!/bin/sh".utf8) + Self.mark)
    }

    private func target(of name: FilePath, in folder: borrowing Folder) throws -> FilePath? {
        guard try folder.status(name)?.kind == .symbolicLink else { return nil }
        return try folder.target(of: name)
    }

    /// This clone's own folder for hooks.
    private var ownFolder: FilePath {
        repository.commonDirectory.appending("hooks").lexicallyNormalized()
    }

    /// Where git looks for the hooks of this repository.
    ///
    /// - Throws: `InstallationFailure` if git would run nothing from there, or if the folder
    ///   does not belong to this clone.
    private func folder(force: Bool) throws -> FilePath {
        let place = try repository.hooksPlace()
        guard let setting = place.setting else { return ownFolder }
        switch setting.scope {
        case .local, .worktree:
            guard let obstacle = place.obstacle else { return place.path }
            throw InstallationFailure(
                obstacle, hint: "`\(setting.removal)`, then `hooks install`")
        case .command:
            throw InstallationFailure(
                "core.hooksPath of the environment is \(safeName(setting.value.utf8)), which overrides any installation",
                hint: "`\(setting.removal)`, then `hooks install`")
        case .system, .global:
            guard force else {
                throw InstallationFailure(
                    "core.hooksPath of your user or system is \(safeName(setting.value.utf8)), so git ignores the hooks of this clone",
                    hint:
                        "`hooks install --force` sets core.hooksPath of this clone to its own folder"
                )
            }
        }
        try repository.setConfiguration("core.hooksPath", to: ownFolder.string)
        let now = try repository.hooksPlace()
        guard now.path == ownFolder else {
            throw InstallationFailure(
                "core.hooksPath of this clone is set, but git still uses \(safeName(now.path))",
                hint: "`\(now.setting?.removal ?? "git config --show-origin core.hooksPath")`")
        }
        return ownFolder
    }

    /// Where the scripts are if git does not look there, or no longer.
    private func folderOfScripts() throws -> FilePath {
        let place = try repository.hooksPlace()
        let isOwn = place.setting.map { $0.scope == .local || $0.scope == .worktree } ?? true
        return isOwn && place.obstacle == nil ? place.path : ownFolder
    }
}

/// Why the scripts cannot be written.
package struct InstallationFailure: Explained {
    package let message: String
    package let hints: [String]

    init(_ message: String, hint: String) {
        self.message = message
        hints = [hint]
    }

    package var exitStatus: ExitStatus { .conflict }
}
