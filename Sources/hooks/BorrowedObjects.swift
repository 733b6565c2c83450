import Files
import Git
import Glibc
import Spawn
import SystemPackage

/// A folder for objects that a command stores only to read them, in a repository that takes none:
/// its git directory is read-only, as in a sandbox, or another user's.
///
/// Git and libgit2 know such a folder from pushes: they store there, and read the repository's own
/// objects as well. It is removed at the end.
final class BorrowedObjects {
    private static let prefix = "objects-"
    private let caches: FilePath
    private let name: FilePath

    /// nil if the repository takes objects, and outside of a repository.
    init?(for folder: FilePath, _ environment: ProcessEnvironment) {
        guard environment["GIT_OBJECT_DIRECTORY"] == nil,
            let repository = try? Repository(at: folder), !repository.takesObjects
        else { return nil }
        caches = environment.caches
        name = FilePath("\(Self.prefix)\(getpid())")
        guard let place = try? Folder(making: caches, mode: 0o700) else { return nil }
        Self.sweep(place)
        guard (try? place.folder(name, create: true, mode: 0o700)) != nil else { return nil }
        setenv("GIT_OBJECT_DIRECTORY", caches.pushing(name).string, 1)
        let own = repository.commonDirectory.appending("objects").string
        let others = environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"].map { ":" + $0 } ?? ""
        setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", own + others, 1)
    }

    deinit { if let place = try? Folder(opening: caches) { try? place.removeTree(name) } }

    /// Removes the leftovers of killed commands.
    private static func sweep(_ place: borrowing Folder) {
        for name in (try? place.names()) ?? [] where name.string.hasPrefix(prefix) {
            guard let process = pid_t(name.string.dropFirst(prefix.count)), kill(process, 0) != 0,
                errno == ESRCH
            else { continue }
            try? place.removeTree(name)
        }
    }
}
