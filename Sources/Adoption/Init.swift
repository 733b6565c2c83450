internal import Configuration
internal import Conversion
internal import Files
package import Git
package import Planning
internal import Reporting
internal import SystemPackage

/// Writes the first `hooks.toml` of a project: from the configuration of another hook manager, or
/// from the project's files.
package struct Init {
    private let repository: Repository
    private let context: Context

    package init(_ repository: Repository, _ context: Context) {
        self.repository = repository
        self.context = context
    }

    /// The proposed file.
    package struct Proposal {
        package var text: String
        /// The converted file; nil if there was none.
        package var source: String?
        package var remarks: [String]
        package var leftOut: [String]
    }

    /// Creates the text; nothing is written.
    ///
    /// - Parameter pins: packages with their versions, for those that the project does not name.
    package func draft(pinning pins: [(package: String, version: String)] = []) throws -> Proposal {
        var (draft, source) = try converted()
        for pin in pins where !draft.pins.contains(where: { $0.name == pin.package }) {
            draft.pin(Pin(name: pin.package, version: pin.version))
        }
        draft.namePackagesOnce()
        if !draft.hooks.contains(where: { $0.hook == "pre-commit" }) { draft.mention("pre-commit") }
        let text = draft.toml
        // An error here is a fault of hooks: the written file would be invalid.
        let parsed = try Configuration.parse(
            Array(text.utf8), file: "hooks.toml", known: JobCatalogue.known,
            version: JobCatalogue.version)
        _ = try JobCatalogue(parsed, file: "hooks.toml").installed()
        return Proposal(
            text: text, source: source, remarks: draft.remarks, leftOut: draft.leftOut)
    }

    private func converted() throws -> (Draft, String?) {
        if let text = try contents(of: repository.worktree.appending(PreCommitFile.name)) {
            var conversion = PreCommitConversion(try PreCommitFile(text))
            return (conversion.converted(), PreCommitFile.name)
        }
        for name in LefthookConversion.files {
            guard let text = try contents(of: repository.worktree.appending(name)) else { continue }
            var conversion = try LefthookConversion(text, file: name)
            return (conversion.converted(), name)
        }
        return (try Detection(repository, context).draft(), nil)
    }

    /// Writes `hooks.toml` at the top.
    ///
    /// - Throws: if a configuration exists, unless `force` replaces it.
    package func write(_ result: Proposal, force: Bool) throws {
        let folder = try Folder(opening: repository.worktree)
        if !force, let there = try configured(in: folder) {
            throw Failure(
                message: "\(there) already exists; nothing was written",
                hints: [
                    "`hooks init --force` writes hooks.toml anyway; `hooks undo` restores your file",
                    "`hooks init --print` only prints it",
                ],
                exitStatus: .conflict)
        }
        let file = WrittenFile(path: "hooks.toml", repository: repository)
        try file.write(result.text, over: try file.content())
    }

    private func configured(in folder: borrowing Folder) throws -> String? {
        if try folder.status("hooks.toml") != nil { return "hooks.toml" }
        let other = repository.worktree.appending(".config").appending("hooks.toml")
        if try contents(of: other) != nil { return ".config/hooks.toml" }
        let project = try contents(of: repository.worktree.appending("pyproject.toml")) ?? []
        let isThere = String(decoding: project, as: UTF8.self).contains("[tool.hooks")
        return isThere ? "[tool.hooks] of pyproject.toml" : nil
    }
}
