internal import CGit2
package import GitIndex

/// A configured remote.
package struct Remote: Sendable {
    package var name: String
    /// Its URL, with `insteadOf` applied.
    package var urls: [String]
}

extension Repository {
    /// The remotes of the configuration, in its order.
    package func remotes() throws(GitError) -> [Remote] {
        var list = unsafe git_strarray()
        try check(unsafe git_remote_list(&list, handle.pointer), "list the remotes")
        defer { unsafe git_strarray_dispose(&list) }
        return unsafe (0..<list.count).compactMap { position in
            unsafe list.strings[position].map { unsafe remote(String(cString: $0)) }
        }
    }

    private func remote(_ name: String) -> Remote {
        guard
            let found = try? unsafe Handle(
                "read a remote", free: { unsafe git_remote_free($0) },
                make: { unsafe git_remote_lookup($0, handle.pointer, name) })
        else { return Remote(name: name, urls: []) }
        let urls = unsafe [git_remote_url(found.pointer), git_remote_pushurl(found.pointer)]
        return Remote(
            name: name,
            urls: unsafe urls.compactMap { unsafe $0.map { unsafe String(cString: $0) } })
    }

    /// Commits of the remote-tracking references of a remote.
    ///
    /// The references of a remote `a/b` look like those of a branch of the remote `a`; they are not
    /// taken for them.
    package func tracked(of remote: String) throws(GitError) -> [ObjectID] {
        let prefix = "refs/remotes/\(remote)/"
        let nested = try remotes().map { "refs/remotes/\($0.name)/" }
            .filter { $0.count > prefix.count && $0.hasPrefix(prefix) }
        return try references(matching: prefix + "*")
            .filter { found in !nested.contains { found.name.hasPrefix($0) } }.map(\.commit)
    }
}
