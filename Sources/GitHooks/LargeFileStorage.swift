internal import Files
package import Git
internal import GitIndex
internal import Glibc
internal import Installation
package import Planning
package import Reporting
package import Spawn
internal import Staging
package import SystemPackage

/// The work of git-lfs in hooks: a push uploads the objects that its pointers name.
///
/// `git lfs install` does not replace other hooks, so the hooks call git-lfs, unless one of
/// its own was there before and runs first. Without it a push would leave pointers to content that
/// only this machine has.
package struct LargeFileStorage {
    /// The hooks that call git-lfs.
    package static let hooks = ["pre-push", "post-checkout", "post-merge"]

    private let context: Context
    private let hook: String

    package init(_ context: Context, hook: String) {
        self.context = context
        self.hook = hook
    }

    /// Runs the hook of git-lfs, if this clone has content of it.
    ///
    /// - Parameters:
    ///   - arguments: those of the hook.
    ///   - input: the hook's standard input.
    /// - Throws: a `Failure` if a push needs git-lfs and it is not installed.
    package func run(_ arguments: [[UInt8]], _ input: [UInt8]) throws -> ExitStatus {
        guard Self.hooks.contains(hook), let repository = try? Repository(at: context.folder),
            Self.isUsed(in: repository), !Self.runsBefore(hook, repository)
        else { return .fine }
        guard Self.program(context.environment) != nil else {
            guard hook == "pre-push" else { return .fine }
            throw Failure(
                message:
                    "this clone has content of Git LFS, but `git-lfs` is not installed, so it cannot be uploaded",
                hints: ["install git-lfs, then push again"], exitStatus: .broken)
        }
        let git = GitProgram(repository, environment: context.environment)
        let words = [Array("lfs".utf8), Array(hook.utf8)] + arguments
        return git.runInPlace(words, input: input) == 0 ? .fine : .failed
    }

    /// Whether git-lfs has ever put content into this clone.
    package static func isUsed(in repository: Repository) -> Bool {
        let place = repository.commonDirectory.appending("lfs")
        return place.withPlatformString { access($0, F_OK) } == 0
            || repository.configuration("lfs.storage") != nil
    }

    /// Where its program is; nil if there is none. Git puts its own folder first in a hook's PATH.
    package static func program(_ environment: ProcessEnvironment) -> FilePath? {
        (environment["PATH"] ?? "").split(separator: ":").map {
            FilePath(String($0)).appending("git-lfs")
        }
        .first { $0.withPlatformString { access($0, X_OK) } == 0 }
    }

    /// Whether the earlier hook calls git-lfs.
    package static func runsBefore(_ hook: String, _ repository: Repository) -> Bool {
        guard let place = try? repository.hooksPlace().path.appending(hook + ".before-hooks"),
            place.withPlatformString({ access($0, X_OK) }) == 0,
            let content = try? contents(of: place)
        else { return false }
        let text = String(decoding: content, as: UTF8.self)
        return text.contains("git lfs") || text.contains("git-lfs")
    }
}
