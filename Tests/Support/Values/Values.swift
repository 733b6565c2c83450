internal import Configuration
internal import Git
package import GitIndex
package import Planning
package import Staging
internal import SystemPackage

/// A configuration as text, with every job that it defines.
package struct Jobs {
    package let catalogue: JobCatalogue

    /// - Parameters:
    ///   - text: a `hooks.toml`; nil when the project has none.
    ///   - personal: a `hooks.local.toml`.
    package init(_ text: String?, personal: String? = nil) throws {
        let parsed = try text.flatMap {
            try Configuration.parse(
                Array($0.utf8), file: "hooks.toml", known: JobCatalogue.known,
                version: JobCatalogue.version)
        }
        let own = try personal.map {
            try PersonalConfiguration(
                Array($0.utf8), beside: parsed, known: JobCatalogue.known)
        }
        catalogue = JobCatalogue(parsed, file: "hooks.toml", personal: own)
    }

    /// The job of that name.
    package subscript(_ name: String) -> Job { get throws { try catalogue.job(name) } }
}

extension Job {
    /// One job, by the lines of its table: `files = ["*.txt"]`.
    package init(_ name: String, _ lines: String...) throws {
        self = try Jobs("[jobs.\(name)]\n" + lines.joined(separator: "\n"))[name]
    }
}

extension SnapshotFile {
    /// A file whose content has a name of its own for every `content`.
    package init(
        _ path: String, _ mode: EntryMode = .regular, content: String = "", isAdded: Bool = false
    ) {
        self.init(
            entry: Entry(
                path: FilePath(path), mode: mode, blob: ObjectID(blob: Array(content.utf8))),
            isAdded: isAdded, working: nil)
    }
}

extension Snapshot {
    /// What a commit of these would change.
    package init(
        _ paths: String..., others: [SnapshotFile] = [], deleted: [String] = [],
        of source: Source = .index
    ) {
        self.init(
            source: source, files: paths.map { SnapshotFile($0) },
            deleted: deleted.map { FilePath($0) })
        self.others = others
    }
}

extension ObjectID {
    /// Some commit.
    package static let someCommit = ObjectID(blob: Array("commit".utf8))
}
