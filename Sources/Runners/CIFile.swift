internal import Adoption
internal import Configuration
internal import Files
internal import Git
internal import GitIndex
internal import Notation
package import Planning
internal import Reporting
internal import Staging
package import SystemPackage

/// The file that makes a CI run the same phases as `hooks ship`, with the same program.
package struct CIFile {
    /// The supported services.
    package enum Service: String, CaseIterable, Sendable {
        case github
        case gitlab

        /// The name as people write it.
        var title: String { self == .github ? "GitHub" : "GitLab" }

        /// Where the service expects the file.
        package var path: FilePath {
            switch self {
            case .github: ".github/workflows/hooks.yml"
            case .gitlab: ".gitlab-ci.yml"
            }
        }
    }

    /// The data of a service's file.
    struct Content {
        var phases: [String]
        var needs: RunnerNeeds
        var program: RunnerProgram
        /// The branches whose pushes run directly, as patterns.
        var branches: [String]
    }

    private let service: Service
    private let repository: Repository
    /// The whole file.
    package let text: String
    /// The setting that names the address of the program, as text.
    package let source: String

    /// - Parameter program: the running program, whose checksum the runners verify.
    package init(_ service: Service, _ context: Context, program: FilePath) throws {
        self.service = service
        repository = try Repository(at: context.folder)
        let catalogue = try ConfigurationFile.load(repository, for: .worktree)
        let content = Content(
            phases: catalogue.phaseNames, needs: try RunnerNeeds(repository, catalogue),
            program: try RunnerProgram(program, address: catalogue.trigger.program),
            branches: RunBranches(repository).patterns(for: catalogue.protect.branches))
        let body =
            switch service {
            case .github: GitHubFile.text(content)
            case .gitlab: GitLabFile.text(content)
            }
        source =
            catalogue.trigger.program.map { "`program` of [ci], \($0)" }
            ?? "HOOKS_URL, a variable of the project on \(service.title)"
        text = try Self.firstLine(service, body, repository) + body
    }

    /// The result of `write`.
    package enum Outcome {
        case written
        /// The file existed with this content.
        case unchanged
        /// An older file was replaced; `hooks undo` restores it.
        case replaced
    }

    /// Writes the file; an edited file, or one that hooks did not write, is not replaced.
    ///
    /// - Parameter force: replaces such a file too; `hooks undo` restores it.
    package func write(force: Bool) throws -> Outcome {
        let path = service.path
        let file = WrittenFile(path: path, repository: repository)
        let old = try file.content()
        if old == Array(text.utf8) { return .unchanged }
        if !force, let old, let reason = try reasonToKeep(old) {
            throw Failure(
                message: "\(path.string) \(reason); nothing was written",
                hints: [
                    "`hooks init --ci \(service.rawValue) --print` shows the new content",
                    "`hooks init --ci \(service.rawValue) --force` replaces it; `hooks undo` restores yours",
                ],
                exitStatus: .conflict)
        }
        try file.write(text, over: old)
        return old == nil ? .written : .replaced
    }

    /// The beginning of every written file.
    private static let mark = "# Written by `hooks init --ci "

    /// The first line, with a checksum of the rest that reveals an edit.
    private static func firstLine(
        _ service: Service, _ body: String, _ repository: Repository
    ) throws -> String {
        "\(mark)\(service.rawValue)`, which leaves it alone once it is edited; checksum: "
            + "\(try sum(Array(body.utf8), repository))\n"
    }

    /// Line endings do not count, because git converts them.
    private static func sum(_ body: [UInt8], _ repository: Repository) throws -> String {
        let plain = body.filter { $0 != UInt8(ascii: "\r") }
        return String(try repository.name(of: plain).hex.prefix(16))
    }

    /// Why a file is not replaced; nil if it is as `hooks init` wrote it.
    private func reasonToKeep(_ content: [UInt8]) throws -> String? {
        guard content.starts(with: Array(Self.mark.utf8)) else {
            // Earlier releases closed the backtick too early.
            return content.starts(with: Array(Self.mark.dropLast().utf8))
                ? "may have been edited since an earlier release wrote it"
                : "exists, and `hooks init` did not write it"
        }
        let end = content.firstIndex(of: UInt8(ascii: "\n")) ?? content.endIndex
        let line = String(decoding: content[..<end], as: UTF8.self)
        let body = Array(content[end...].dropFirst())
        let said = line.split(separator: " ").last.map { $0.filter { $0 != "\r" } }
        return said == (try Self.sum(body, repository))
            ? nil : "was edited since `hooks init` wrote it"
    }
}

/// The program on a runner: the same bytes as the program that wrote the file.
struct RunnerProgram {
    /// In hexadecimal digits.
    let checksum: String
    /// The address in the project's configuration; nil: the variable HOOKS_URL of the service has
    /// it.
    let address: String?

    /// What a runner prints if it has no address; without `: `, because of YAML.
    static let missing =
        "HOOKS_URL is not set; set this variable of the project to the address of the program hooks"

    init(_ program: FilePath, address: String?) throws {
        self.address = address
        guard let content = try contents(of: program), let sum = Git.checksum(of: content) else {
            throw Failure(
                message: "cannot read the program \(safeName(program))", exitStatus: .broken)
        }
        checksum = sum.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Which branches a service runs directly, and not for their pull request.
struct RunBranches {
    let repository: Repository

    init(_ repository: Repository) { self.repository = repository }

    /// The patterns that services understand; for other patterns the matching branches.
    ///
    /// - Parameter protected: the protected branches of the project; if there are none, the branch
    ///   that a clone checks out.
    func patterns(for protected: [Glob]) -> [String] {
        var patterns: [String] = []
        func add(_ pattern: String) {
            if !patterns.contains(pattern) { patterns.append(pattern) }
        }
        for glob in protected {
            if Self.isPlain(glob.pattern) {
                add(glob.pattern)
            } else {
                names.filter { glob.matches(branch: $0.utf8) }.forEach(add)
            }
        }
        if patterns.isEmpty { add(usualBranch) }
        return patterns
    }

    /// Whether all services interpret the pattern alike.
    private static func isPlain(_ pattern: String) -> Bool {
        pattern.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || "._-/*".utf8.contains(byte)
        }
    }

    private var names: [String] {
        let local = (try? repository.references(matching: "refs/heads/*"))?.map(\.name) ?? []
        let remote = (try? repository.references(matching: "refs/remotes/*"))?.map(\.name) ?? []
        let all =
            local.map { $0.split(separator: "/").dropFirst(2).joined(separator: "/") }
            + remote.map { $0.split(separator: "/").dropFirst(3).joined(separator: "/") }
        return Set(all).sorted().filter(Self.isPlain)
    }

    private var usualBranch: String {
        let known = names
        return ["main", "master", "trunk", "develop"].first(where: known.contains)
            ?? (try? repository.head())?.branch.flatMap { Self.isPlain($0) ? $0 : nil } ?? "main"
    }
}

extension String {
    /// The name of a phase as a title: `Build`.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
