internal import CGit2
package import GitIndex
internal import Glibc
internal import SystemPackage

/// One line of the configuration.
package struct Setting: Hashable, Sendable {
    /// As git prints it: section and name in lower case.
    package var name: [UInt8]
    /// nil for a name without a value, which means "true".
    package var value: [UInt8]?
    /// Whether it belongs to the repository itself, and not to the user or the system.
    package var isOwn: Bool
}

extension Repository {
    /// The settings that git uses only because of the path of the git directory, or of the branch
    /// that is checked out (`includeIf`); in the order in which git reads them.
    package func conditionalSettings() throws(GitError) -> [Setting] {
        let all = try unsafe ConfigurationFiles.settings(of: handle.pointer, conditions: true)
        let prefix = Array("includeif.gitdir".utf8)
        guard all.contains(where: { $0.name.starts(with: prefix) }) else { return [] }
        var others: [Setting: Int] = [:]
        for each in try unsafe ConfigurationFiles.settings(of: handle.pointer, conditions: false) {
            others[each, default: 0] += 1
        }
        return all.filter { setting in
            guard let count = others[setting], count > 0 else { return true }
            others[setting] = count - 1
            return false
        }
    }

    /// Every setting whose name starts so, in the order in which git reads them.
    package func settings(startingWith prefix: String) throws(GitError) -> [Setting] {
        let config = try unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_repository_config_snapshot($0, handle.pointer) })
        let prefix = Array(prefix.utf8)
        return unsafe ConfigurationFiles.settings(in: config.pointer).filter {
            $0.name.starts(with: prefix)
        }
    }

    /// The format settings in the repository's own file: `extensions.*`.
    package func formatSettings() throws(GitError) -> [Setting] {
        let file = try unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { out in
                unsafe commonDirectory.appending("config").withPlatformString {
                    unsafe git_config_open_ondisk(out, $0)
                }
            })
        let prefix = Array("extensions.".utf8)
        return unsafe ConfigurationFiles.settings(in: file.pointer).filter {
            $0.name.starts(with: prefix)
        }
    }
}

extension ConfigurationFiles {
    /// Every setting that applies to a repository.
    ///
    /// - Parameter conditions: whether includes count that depend on the repository.
    fileprivate static func settings(
        of repository: OpaquePointer, conditions: Bool
    ) throws(GitError) -> [Setting] {
        let config = try unsafe Handle(
            "make a configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_new($0) })
        unsafe addFiles(
            to: config.pointer, of: repository, conditions: conditions ? repository : nil)
        return unsafe settings(in: config.pointer)
    }

    /// Every line, in the order in which they count.
    fileprivate static func settings(in config: OpaquePointer) -> [Setting] {
        final class Collected { var settings: [Setting] = [] }
        let collected = Collected()
        let collect: git_config_foreach_cb = { entry, payload in
            guard let entry = unsafe entry?.pointee, let payload = unsafe payload,
                let name = unsafe entry.name
            else { return 0 }
            func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
                unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
            }
            unsafe Unmanaged<Collected>.fromOpaque(payload).takeUnretainedValue()
                .settings.append(
                    Setting(
                        name: bytes(name), value: unsafe entry.value.map(bytes),
                        isOwn: entry.level.rawValue >= GIT_CONFIG_LEVEL_LOCAL.rawValue))
            return 0
        }
        _ = unsafe git_config_foreach(
            config, collect, Unmanaged.passUnretained(collected).toOpaque())
        return collected.settings
    }
}
