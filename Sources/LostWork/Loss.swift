internal import Files
internal import Reporting
package import Spawn
internal import SystemPackage

/// The job `loss`: finds what a branch reverts or removes without announcing it.
///
/// It is `hooks work loss`, a process like that of any other job, in a checkout of the branch's
/// tree. There are four kinds of findings, and each names the commit that would be undone: content
/// that the protected branch has replaced comes back; files that no commit of the branch changed
/// are gone; tests are gone; public functions and classes are gone, and not only renamed. `Reverts:
/// COMMIT` or `Removes: NAME` in a message of the branch allows it.
package struct Loss {
    /// One loss.
    package struct Finding: Equatable {
        /// The place and the description.
        package var text: String
        /// The trailer that allows it.
        package var trailer: String
    }

    private let history: History
    private let allowed: Allowances
    /// The selected files; nil: all files.
    private let selected: Set<FilePath>?

    /// - Parameter environment: as `Workplace` fills it for jobs that compare.
    package init?(_ environment: ProcessEnvironment) throws {
        func value(_ name: String) -> String? {
            environment["HOOKS_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let directory = value("REPOSITORY"), let base = value("BASE_COMMIT"),
            let commit = value("COMMIT")
        else { return nil }
        history = History(
            environment, directory: FilePath(directory), base: base, commit: commit)
        allowed = Allowances(value("ALLOWED") ?? "")
        selected = try value("FILES").map { file in
            let names = try contents(of: FilePath(file)) ?? []
            return Set(names.split(separator: 0).map { FilePath(bytes: $0) })
        }
    }

    /// The findings in the order of the paths.
    package func findings() throws -> [Finding] {
        let changes = try history.changes().filter { change in
            selected.map { $0.contains(change.path) || $0.contains(change.before) } ?? true
        }
        return try superseded(changes) + disappeared(changes) + vanished(changes)
    }

    // MARK: Content that comes back

    private func superseded(_ changes: [FileChange]) throws -> [Finding] {
        let written = changes.filter { $0.status == "M" || $0.status == "A" }
        let replaced = try history.replacements(of: written.map(\.path))
        let patches = try history.patches(of: written.map(\.path))
        if replaced.isEmpty, patches.isEmpty { return [] }
        let own = try history.ownPatch()
        return try written.compactMap { change in
            let mine = own[change.path] ?? []
            // One or two lines may change repeatedly, and a file may be filled and emptied.
            if let commit = replaced[change.path]?[change.new], !allowed.reverts(commit.id),
                mine.isEmpty || mine.changedLines >= Revert.least, try !isBlank(change.new)
            {
                return Finding(
                    text:
                        "\(safeName(change.path)): restores the content that \(commit.title) replaced",
                    trailer: "Reverts: \(commit.id.prefix(10))")
            }
            for (commit, theirs) in patches[change.path] ?? [] where !allowed.reverts(commit.id) {
                let revert = Revert(mine, of: theirs, isNew: change.status == "A")
                guard let line = revert.line, try !revert.isStillThere(content(change.old))
                else { continue }
                return Finding(
                    text: "\(safeName(change.path)):\(line): restores lines that "
                        + "\(commit.title) replaced",
                    trailer: "Reverts: \(commit.id.prefix(10))")
            }
            return nil
        }
    }

    private func isBlank(_ blob: String) throws -> Bool {
        try history.content(blob).allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }

    private func content(_ blob: String) throws -> [UInt8] {
        blob.allSatisfy { $0 == "0" } ? [] : try history.content(blob)
    }

    // MARK: Files

    private func disappeared(_ changes: [FileChange]) throws -> [Finding] {
        try changes.filter { $0.status == "D" }.compactMap { change in
            guard try !history.isTouched(change.path), !allowed.removes(change.path.string) else {
                return nil
            }
            let last = try history.lastCommit(touching: change.path)
            return Finding(
                text:
                    "\(safeName(change.path)): is gone, although no commit of the branch changed it"
                    + (last.map { "; \($0.title) would be undone" } ?? ""),
                trailer: "Removes: \(safeName(change.path))")
        }
    }

    // MARK: Names

    private func vanished(_ changes: [FileChange]) throws -> [Finding] {
        let code = changes.filter { Definitions.isCode($0.path) || Definitions.isCode($0.before) }
        var before: [(change: FileChange, names: [Definitions.Name])] = []
        var after: [Definitions.Name] = []
        for change in code {
            if change.status != "A" {
                let text = try history.content(change.old)
                before.append((change, Definitions.names(in: text, of: change.before)))
            }
            if change.status != "D" {
                let text = try history.content(change.new)
                after += Definitions.names(in: text, of: change.path)
            }
        }
        let there = Set(after.map(\.last))
        let wereThere = Set(before.flatMap(\.names).map(\.last))
        let gone = before.flatMap { change, names in
            names.filter { !there.contains($0.last) }.map { (change, $0) }
        }
        let renamed = renames(
            gone.map(\.1), to: after.filter { !wereThere.contains($0.last) })
        return try gone.filter { change, name in
            !allowed.removes(name.full) && !allowed.removes(name.last)
                && !allowed.removes(change.before.string)
        }.compactMap { change, name in
            guard renamed[name.full] != nil else { return try finding(name, change, nil) }
            guard !name.isTest, let use = try history.firstUse(of: name) else { return nil }
            return try finding(name, change, use)
        }
    }

    /// The renamed definitions, found by their equal bodies. Code comes before its tests,
    /// which use the new names.
    private func renames(
        _ gone: [Definitions.Name], to fresh: [Definitions.Name]
    ) -> [String: Definitions.Name] {
        var fresh = fresh
        var renamed: [String: Definitions.Name] = [:]
        var words: [String: String] = [:]
        for name in gone.filter({ !$0.isTest }) + gone.filter(\.isTest) {
            let likeness = fresh.map { name.likeness($0, renamed: words) }
            guard let best = likeness.max(), best >= Definitions.Name.sameFrom,
                let place = likeness.firstIndex(of: best)
            else { continue }
            let new = fresh.remove(at: place)
            (renamed[name.full], words[name.last]) = (new, new.last)
        }
        return renamed
    }

    private func finding(
        _ name: Definitions.Name, _ change: FileChange, _ use: String?
    ) throws -> Finding {
        let last = try history.lastCommit(adding: name.last, to: change.before)
        let kind = name.isTest ? "the test" : "the public name"
        return Finding(
            text: "\(safeName(change.before)):\(name.line): \(kind) \(name.full) is gone"
                + (use.map { ", and \($0) still uses it" } ?? "")
                + (last.map { "; it was added in \($0.title)" } ?? ""),
            trailer: "Removes: \(name.full)")
    }
}

/// The findings that the messages of the branch allow.
struct Allowances {
    private var commits: [String] = []
    private var names: [String] = []

    /// - Parameter text: lines such as `Reverts: COMMIT` and `Removes: NAME`.
    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("Reverts: ") {
                commits.append(String(line.dropFirst(9)).lowercased())
            }
            if line.hasPrefix("Removes: ") { names.append(String(line.dropFirst(9))) }
        }
    }

    /// Whether the commit is named, in full or by at least seven digits.
    func reverts(_ commit: String) -> Bool {
        commits.contains { $0.count >= 7 && commit.hasPrefix($0) }
    }

    /// Whether the name is named, or something that contains it: a module, a class, a folder.
    func removes(_ name: String) -> Bool {
        names.contains { name == $0 || name.hasPrefix($0 + ".") || name.hasPrefix($0 + "/") }
    }
}
