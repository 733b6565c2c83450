internal import CGit2
internal import GitIndex
package import SystemPackage

/// Where objects are read and stored if `GIT_OBJECT_DIRECTORY` is set, as in a push that is not yet
/// accepted, or if the repository itself takes none.
enum ChosenStore {
    /// Sets that store for the repository, as libgit2 does if it uses all variables.
    static func choose(for repository: OpaquePointer) throws(GitError) {
        guard let place = Repository.variable("GIT_OBJECT_DIRECTORY") else { return }
        let store = try unsafe Handle(
            "open the object store", free: { unsafe git_odb_free($0) },
            make: { unsafe git_odb_open($0, place) })
        let others = Repository.variable("GIT_ALTERNATE_OBJECT_DIRECTORIES") ?? ""
        for other in others.split(separator: ":") {
            try check(
                unsafe git_odb_add_disk_alternate(store.pointer, String(other)),
                "read the objects in \(other)")
        }
        try check(unsafe git_repository_set_odb(repository, store.pointer), "use the object store")
    }
}

extension Repository {
    /// The folder in which objects are stored.
    package var objectFolder: FilePath {
        Self.variable("GIT_OBJECT_DIRECTORY").map { FilePath($0) }
            ?? commonDirectory.appending("objects")
    }
}
