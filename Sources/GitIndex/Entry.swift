package import SystemPackage

/// One entry of the index or of a tree: a name, how it is checked out, and its content.
package struct Entry: Hashable, Sendable {
    /// Relative to the top folder.
    package var path: FilePath
    package var mode: EntryMode
    package var blob: ObjectID

    /// Builds an entry from its parts.
    package init(path: FilePath, mode: EntryMode, blob: ObjectID) {
        self.path = path
        self.mode = mode
        self.blob = blob
    }
}

/// The modes that git knows.
package enum EntryMode: UInt32, Sendable {
    case regular = 0o100644
    case executable = 0o100755
    case symbolicLink = 0o120000
    case submodule = 0o160000

    /// Whether the content is a file's, which a job can look at.
    package var isFile: Bool { self == .regular || self == .executable }
}

/// One path that differs between two states.
package struct Change: Hashable, Sendable {
    package enum Kind: Sendable {
        case added
        case modified
        case deleted
    }

    package var kind: Kind
    /// The newer side; for a deletion the older one.
    package var entry: Entry

    /// Builds a change from its parts.
    package init(kind: Kind, entry: Entry) {
        self.kind = kind
        self.entry = entry
    }
}
