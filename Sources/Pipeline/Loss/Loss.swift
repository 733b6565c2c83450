internal import Git
internal import Glibc
internal import Reporting
package import Spawn
internal import Staging
internal import SystemPackage

/// The job `loss`: what a branch takes back from the protected one without saying so.
///
/// It is `hooks work loss`, a process like that of any other job, in a checkout of the branch's
/// tree. Four things count, and each finding names the commit that would be undone: content that
/// the protected branch has replaced comes back; files that no commit of the branch touched are
/// gone; tests are gone; public functions and classes are gone. `Reverts: COMMIT` or
/// `Removes: NAME` in a message of the branch says that it is meant.
package struct Loss {
    private let history: History
    private let allowed: Allowances

    /// - Parameter environment: as `Workplace` fills it for jobs that compare.
    package init?(_ environment: ProcessEnvironment) throws {
        func value(_ name: String) -> String? {
            environment["HOOKS_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let directory = value("REPOSITORY"), let base = value("BASE_COMMIT"),
            let commit = value("COMMIT")
        else { return nil }
        history = History(
            environment, directory: FilePath(directory), base: base, commit: commit,
            target: value("TARGET") ?? base)
        allowed = Allowances(value("ALLOWED") ?? "")
    }

    /// The findings, a line each, in the order of the paths.
    package func findings() throws -> [String] {
        let changes = try history.changes()
        var lines = try superseded(changes) + disappeared(changes)
        lines += try vanished(changes)
        return lines
    }

    // MARK: Content that comes back

    private func superseded(_ changes: [FileChange]) throws -> [String] {
        let written = changes.filter { $0.status == "M" || $0.status == "A" }
        let replaced = try history.replacements(of: written.map(\.path))
        let patches = try history.patches(of: written.filter { $0.status == "M" }.map(\.path))
        let own = patches.isEmpty ? [:] : try history.ownPatch()
        var lines: [String] = []
        for change in written {
            let title = safeName(change.path)
            if let commit = replaced[change.path]?[change.new] {
                guard !allowed.reverts(commit.id) else { continue }
                lines.append("\(title): holds again what \(commit.title) replaced")
                continue
            }
            for (commit, hunks) in patches[change.path] ?? [] where !allowed.reverts(commit.id) {
                guard
                    let hunk = (own[change.path] ?? []).first(where: { mine in
                        hunks.contains { $0.isLarge && mine.undoes($0) }
                    })
                else { continue }
                lines.append("\(title):\(hunk.line): brings back what \(commit.title) replaced")
                break
            }
        }
        return lines
    }

    // MARK: Files

    private func disappeared(_ changes: [FileChange]) throws -> [String] {
        try changes.filter { $0.status == "D" }.compactMap { change in
            guard try !history.isTouched(change.path), !allowed.removes(change.path.string) else {
                return nil
            }
            let last = try history.lastCommit(touching: change.path)
            return "\(safeName(change.path)): is gone, and no commit of the branch touched it"
                + (last.map { "; \($0.title) would be undone" } ?? "")
        }
    }

    // MARK: Names

    private func vanished(_ changes: [FileChange]) throws -> [String] {
        let code = changes.filter { Definitions.isCode($0.path) || Definitions.isCode($0.before) }
        var before: [(change: FileChange, names: [Definitions.Name])] = []
        var after: Set<String> = []
        for change in code {
            if change.status != "A" {
                let text = try history.content(change.old)
                before.append((change, Definitions.names(in: text, of: change.before)))
            }
            if change.status != "D" {
                let text = try history.content(change.new)
                after.formUnion(Definitions.names(in: text, of: change.path).map(\.last))
            }
        }
        var lines: [String] = []
        for (change, names) in before {
            for name in names where !after.contains(name.last) {
                guard !allowed.removes(name.full), !allowed.removes(name.last),
                    !allowed.removes(change.before.string)
                else { continue }
                let last = try history.lastCommit(adding: name.last, to: change.before)
                let kind = name.isTest ? "the test" : "the public name"
                lines.append(
                    "\(safeName(change.before)):\(name.line): \(kind) \(name.full) is gone"
                        + (last.map { "; it came with \($0.title)" } ?? ""))
                if lines.count >= 50 { return lines + ["... and more"] }
            }
        }
        return lines
    }
}

/// What the messages of the branch say is meant.
struct Allowances {
    private var commits: [String] = []
    private var names: [String] = []

    /// - Parameter text: lines as `Reverts: COMMIT` and `Removes: NAME`.
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

    /// Whether the name is named, or something that holds it: a module, a class, a folder.
    func removes(_ name: String) -> Bool {
        names.contains { name == $0 || name.hasPrefix($0 + ".") || name.hasPrefix($0 + "/") }
    }
}
