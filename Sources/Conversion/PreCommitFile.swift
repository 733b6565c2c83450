internal import Configuration

/// `.pre-commit-config.yaml` as values.
package struct PreCommitFile {
    package struct Hook {
        var id: String
        /// `local`, `meta`, or the address of a repository.
        var repository: String
        var rev: String?
        /// All of its settings.
        var said: YAML

        /// Its name in messages.
        var title: String {
            let name = repository.split(separator: "/").suffix(2).joined(separator: "/")
            return repository == "local" || repository == "meta"
                ? "\(repository) hook `\(id)`" : "`\(id)` of \(name)"
        }
    }

    package var hooks: [Hook] = []
    package var top: YAML

    package static let name = ".pre-commit-config.yaml"

    package init(_ text: [UInt8]) throws(YAMLError) {
        top = try YAML(text, file: Self.name)
        guard let repositories = top["repos"]?.items else {
            throw YAMLError(
                file: Self.name,
                reason: "this is YAML, but not a pre-commit configuration: it has no list `repos`")
        }
        let frozen = Self.frozenVersions(in: text)
        for repository in repositories {
            guard let address = repository["repo"]?.text, let hooks = repository["hooks"]?.items
            else {
                throw YAMLError(
                    file: Self.name, reason: "an item of `repos` has no `repo` with `hooks`")
            }
            for hook in hooks {
                guard let id = hook["id"]?.text else {
                    throw YAMLError(file: Self.name, reason: "a hook of \(address) has no `id`")
                }
                let rev = repository["rev"]?.text
                self.hooks.append(
                    Hook(
                        id: id, repository: address, rev: rev.map { frozen[$0] ?? $0 }, said: hook))
            }
        }
    }
}

extension PreCommitFile {
    /// The versions of hashes: `rev: HASH  # frozen: v1.2.3`, as `pre-commit autoupdate --freeze`
    /// writes it.
    private static func frozenVersions(in text: [UInt8]) -> [String: String] {
        var versions: [String: String] = [:]
        for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let comment = line.firstRange(of: "# frozen:"),
                let key = line.firstRange(of: "rev:"), key.upperBound <= comment.lowerBound
            else { continue }
            let rev = line[key.upperBound..<comment.lowerBound]
                .filter { !$0.isWhitespace && !"'\"".contains($0) }
            let version = line[comment.upperBound...].split(whereSeparator: \.isWhitespace).first
            if let version, !rev.isEmpty { versions[rev] = String(version) }
        }
        return versions
    }
}

extension PreCommitFile.Hook {
    /// The version in `rev`, such as `26.10.1` for `v26.10.1`; nil for the name of a branch or a
    /// hash.
    package var version: String? {
        guard let rev else { return nil }
        let bare = rev.hasPrefix("v") ? rev.dropFirst() : Substring(rev)
        let isVersion =
            bare.first?.isNumber == true && bare.contains(".") && isExactVersion(String(bare))
        return isVersion ? String(bare) : nil
    }

    /// Whether it runs only for events, where a job without files always runs.
    package var isForEvents: Bool {
        let stages = said["stages"]?.texts ?? []
        return !stages.isEmpty && stages.allSatisfy { GitHook.named($0)?.isEvent == true }
    }

    /// Whether `rev` is a version of that package: the repository is that of the package, or a
    /// mirror of it.
    package func isTaggedLike(_ package: String) -> Bool {
        var name = repository.lowercased().replacing("_", with: "-")
        while name.hasSuffix("/") { name.removeLast() }
        if name.hasSuffix(".git") { name.removeLast(4) }
        let last = name.split { "/:".contains($0) }.last ?? ""
        return [
            package, "mirrors-\(package)", "\(package)-mirror", "\(package)-pre-commit",
            "pre-commit-\(package)", "\(package)-pre-commit-mirror",
        ].contains(String(last))
    }

    /// An expression that is set and does not match everything.
    package func expression(_ key: String) -> String? {
        said[key]?.text.flatMap { $0.isEmpty || (key == "exclude" && $0 == "^$") ? nil : $0 }
    }
}
