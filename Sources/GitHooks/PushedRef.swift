internal import Git
internal import GitIndex
internal import Reporting

/// One line of pre-push's input: a reference of the remote, and its new value.
struct PushedRef: Equatable {
    /// What the user named on this side, such as `refs/heads/topic`, `HEAD~1` or `(delete)`.
    var local: String
    /// The new value of the remote's reference; zero for a deletion.
    var new: ObjectID
    var remote: String
    /// Its current value; zero if it is created.
    var old: ObjectID

    var isDeletion: Bool { new.isZero }

    /// The branch of the remote, if it is one.
    var branch: String? {
        let prefix = "refs/heads/"
        return remote.hasPrefix(prefix) ? String(remote.dropFirst(prefix.count)) : nil
    }

    /// Whether it is for code: a branch, a tag, or a review of Gerrit.
    var isCode: Bool {
        ["refs/heads/", "refs/tags/", "refs/for/"].contains { remote.hasPrefix($0) }
    }

    /// The remote's name for it, without the prefix of branches or tags.
    var title: String {
        for prefix in ["refs/heads/", "refs/tags/"] where remote.hasPrefix(prefix) {
            return safeName(remote.dropFirst(prefix.count).utf8)
        }
        return safeName(remote.utf8)
    }

    /// All lines of standard input. The first field may contain spaces, as in `HEAD^{/fix it}`; the
    /// others never do.
    ///
    /// - Throws: `Failure` for a line that git would not write.
    static func parse(_ input: [UInt8]) throws -> [PushedRef] {
        var refs: [PushedRef] = []
        for (number, line) in input.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        )
        .enumerated() where !line.isEmpty {
            let fields = String(decoding: line, as: UTF8.self)
                .split(separator: " ", omittingEmptySubsequences: false)
            guard fields.count >= 4, let old = ObjectID(hex: fields[fields.count - 1]),
                let new = ObjectID(hex: fields[fields.count - 3])
            else {
                throw Failure(
                    message:
                        "line \(number + 1) of standard input is not in the format of pre-push: "
                        + safeName(line.prefix(80)),
                    hints: ["`hooks run pre-push` runs it by hand"], exitStatus: .usage)
            }
            refs.append(
                PushedRef(
                    local: fields.dropLast(3).joined(separator: " "), new: new,
                    remote: String(fields[fields.count - 2]), old: old))
        }
        return refs
    }
}
