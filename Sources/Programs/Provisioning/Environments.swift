package import Files
internal import Glibc
package import SystemPackage

/// The managed environments of this user: one for each set of pins and Python, shared between
/// repositories.
///
/// Each is created in a separate folder below `made` and published by renaming a link into
/// `by-pins`: `KEY-3.11`, the hash of the requirements and the version of Python. A kill before
/// that leaves a folder that nothing points to, which the next installation removes.
package struct Environments: Sendable {
    private let root: FilePath
    private var links: FilePath { root.appending("by-pins") }
    private var made: FilePath { root.appending("made") }
    private static let users: FilePath = "hooks-users"

    /// - Parameter data: the user's folder for data of hooks.
    package init(data: FilePath) {
        root = data.appending("environments")
    }

    /// A complete environment.
    package struct Environment: Sendable, Equatable {
        package var folder: FilePath
        /// `3.11`
        package var python: String
        package var programs: FilePath { folder.appending("bin") }

        package init(folder: FilePath, python: String) {
            self.folder = folder
            self.python = python
        }
    }

    /// The environment for a set of pins; nil if there is none, or if its Python is gone.
    ///
    /// - Parameter python: the version that is preferred; else it is the newest one.
    package func find(_ key: String, python: String?) -> Environment? {
        guard let links = try? Folder(opening: links), let names = try? links.names() else {
            return nil
        }
        let found = names.compactMap { name -> Environment? in
            guard name.string.hasPrefix(key + "-"), let target = try? links.target(of: name)
            else { return nil }
            let folder = links.path.pushing(target).lexicallyNormalized()
            let program = folder.appending("bin").appending("python")
            guard program.withPlatformString({ access($0, X_OK) }) == 0 else { return nil }
            return Environment(folder: folder, python: String(name.string.dropFirst(key.count + 1)))
        }
        return found.first { $0.python == python }
            ?? found.max { Self.isOlder($0.python, $1.python) }
    }

    private static func isOlder(_ first: String, _ second: String) -> Bool {
        first.split(separator: ".").map { Int($0) ?? 0 }
            .lexicographicallyPrecedes(second.split(separator: ".").map { Int($0) ?? 0 })
    }

    /// The lock to create the environment of a key; nil while another process holds it.
    package func lock(_ key: String) throws -> Lock? {
        try Lock(FilePath(key + ".lock"), in: try Folder(making: root, mode: 0o700))
    }

    /// A new folder for an environment that is not published yet.
    package func fresh(_ key: String) throws -> FilePath {
        let folder = try Folder(making: made, mode: 0o700)
        let name = FilePath("\(key)-\(getpid())-\(UInt32.random(in: 0 ... .max))")
        try folder.makeFolder(name, mode: 0o700)
        return folder.path.pushing(name)
    }

    /// Publishes an environment in one step; the caller holds the lock of the key.
    package func publish(_ folder: FilePath, _ key: String, python: String) throws {
        let links = try Folder(making: links, mode: 0o700)
        let name = FilePath("\(key)-\(python)")
        let temporary = FilePath(".\(key)")
        try links.remove(temporary)
        try links.link(temporary, to: FilePath("../made").pushing(folder.name))
        try links.rename(temporary, into: links, as: name)
    }

    /// Removes the folder of a failed installation.
    package func discard(_ folder: FilePath) {
        try? Folder(opening: made).removeTree(folder.name)
    }
}

extension Environments {
    /// How long the former environment of a repository is kept: another branch may
    /// still need it.
    private static let patience: Int64 = 30 * 24 * 3600

    private struct Note {
        var environment: FilePath
        var user: FilePath
        var time: Int64
    }

    /// Records that a repository uses an environment.
    ///
    /// - Parameter repository: its common git directory.
    package func note(_ repository: FilePath, _ name: String, in environment: Environment) throws {
        let users = try Folder(opening: environment.folder).folder(Self.users, create: true)
        try users.replace(
            FilePath(name), content: repository.bytes + [UInt8(ascii: "\n")], permissions: 0o600)
    }

    /// Removes environments that no repository has used for a long time, and leftovers of
    /// interrupted runs.
    ///
    /// - Parameters:
    ///   - kept: the environment in use now.
    ///   - held: the key whose lock the caller has.
    /// - Returns: how many were removed.
    package func collect(except kept: FilePath, holding held: String) -> Int {
        guard let links = try? Folder(opening: links), let made = try? Folder(opening: made) else {
            return 0
        }
        var known: [FilePath: FilePath] = [:]
        // A name with a dot belongs to a process that was killed while it published.
        for name in (try? links.names()) ?? [] where name.string.first != "." {
            if let target = try? links.target(of: name) { known[target.name] = name }
        }
        let names = (try? made.names()) ?? []
        var notes: [Note] = []
        for name in names { notes += self.notes(in: name, of: made) }
        var latest: [FilePath: Int64] = [:]
        for note in notes { latest[note.user] = max(latest[note.user] ?? 0, note.time) }
        let now = Int64(time(nil))
        let current = notes.filter { note in
            note.time == latest[note.user] || now - note.time < Self.patience
        }
        let used = Set(current.map(\.environment))
        var removed = 0
        for name in names where name != kept.name && !(used.contains(name) && known[name] != nil) {
            // A process that creates one now holds its lock.
            let key = String(name.string.prefix { $0 != "-" })
            let lock = key == held ? nil : try? self.lock(key)
            guard lock != nil || key == held else { continue }
            withExtendedLifetime(lock) {
                if let link = known[name] { try? links.remove(link) }
                try? made.removeTree(name)
            }
            removed += 1
        }
        return removed
    }

    /// Who uses an environment, and since when, in seconds since 1970; only repositories that are
    /// still there.
    private func notes(
        in environment: FilePath, of made: borrowing Folder
    ) -> [Note] {
        guard let users = try? made.folder(environment).folder(Self.users),
            let names = try? users.names()
        else { return [] }
        return names.compactMap { user in
            guard let (content, status) = try? users.read(user) else { return nil }
            let repository = FilePath(bytes: content.prefix { $0 != UInt8(ascii: "\n") })
            guard (try? Folder(opening: repository)) != nil else { return nil }
            return Note(environment: environment, user: user, time: status.modified.seconds)
        }
    }
}
