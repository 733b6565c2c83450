internal import Configuration
internal import Files
internal import Git
package import Planning
internal import Reporting
internal import Staging
package import SystemPackage

/// Writes the file that makes a CI run the same phases as the desk, by the same program.
package struct CIFile {
    /// The services that are known.
    package enum Service: String, CaseIterable, Sendable {
        case github
        case gitlab

        /// Where the service looks for it.
        package var path: FilePath {
            switch self {
            case .github: ".github/workflows/hooks.yml"
            case .gitlab: ".gitlab-ci.yml"
            }
        }
    }

    private let service: Service
    private let repository: Repository

    package init(_ service: Service, _ context: Context) throws {
        self.service = service
        repository = try Repository(at: context.folder)
    }

    /// Writes it; a file that is there already and was not written by this is left alone.
    ///
    /// - Returns: whether it was not there already with this content.
    package func write() throws -> Bool {
        let catalogue = try ConfigurationFile.load(repository, for: .worktree)
        let phases = catalogue.phaseNames
        let text: String
        switch service {
        case .github: text = GitHubFile.text(phases, Self.needs(repository))
        case .gitlab: text = GitLabFile.text(phases, Self.needs(repository))
        }
        let path = service.path
        let top = try Folder(opening: repository.worktree)
        let folder = try top.folder(path.removingLastComponent(), create: true)
        if try folder.status(path.name) != nil {
            let old = try folder.read(path.name).content
            if old == Array(text.utf8) { return false }
            guard old.starts(with: Array(Self.mark.utf8)) else {
                throw Failure(
                    message: "\(path.string) is there, and `hooks init` did not write it",
                    hints: ["move it away, then `hooks init --ci \(service.rawValue)`"],
                    exitStatus: .conflict)
            }
        }
        try folder.replace(path.name, content: Array(text.utf8), permissions: 0o644)
        return true
    }

    /// The first line of every file that is written.
    static let mark = "# Written by `hooks init --ci`"

    /// What a runner has to have before the phases can run.
    struct Needs {
        var python: Bool
        var node: Bool
    }

    private static func needs(_ repository: Repository) -> Needs {
        let paths = (try? repository.trackedFiles().map(\.path)) ?? []
        return Needs(
            python: paths.contains { $0.extension == "py" },
            node: paths.contains { $0.string == "package.json" || $0.extension == "js" })
    }
}

extension String {
    /// The name of a phase as people read it: `Build`.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
