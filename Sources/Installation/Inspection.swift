package import Configuration
internal import Files
package import Git
internal import GitIndex
internal import Glibc
internal import Reporting
package import SystemPackage

/// The scripts in the folder where git looks for hooks; nothing is changed.
package struct InstallationState {
    package enum Script: Sendable, Equatable {
        /// The script that this program writes.
        case current
        /// A script of hooks, but of another release.
        case outdated
        /// The script that this program writes, but git ignores it.
        case notExecutable
        /// Not written by hooks.
        case foreign
        case missing
    }

    /// Where git looks: `core.hooksPath`, or `hooks` in the common directory.
    package let folder: FilePath
    /// The state of each script, by the name of its hook.
    package let scripts: [(hook: String, state: Script)]
    /// The program that the scripts call; nil if it does not exist, or cannot be run.
    package let program: FilePath?
    /// Why git runs no hook of this clone, or what is missing, and the command that solves it;
    /// empty if all hooks run.
    package let problems: [(text: String, cure: String)]
    /// Whether git runs no hook of this clone at all.
    package var isOff: Bool {
        !problems.isEmpty && scripts.allSatisfy { ![.current, .outdated].contains($0.state) }
    }
    /// Hooks that were there before, with the hook manager that wrote them.
    package let leftovers: [(path: FilePath, manager: String)]

    /// - Parameter hooks: those whose scripts should be there.
    /// - Throws: `GitError` if git does not report where it looks.
    package init(_ repository: Repository, hooks: [GitHook]) throws {
        let place = try repository.hooksPlace()
        folder = place.path
        let opened = try? Folder(opening: folder)
        scripts = hooks.map { hook in
            let name = FilePath(hook.name)
            guard let found = try? opened?.read(name) else { return (hook.name, .missing) }
            let isRun = (try? opened?.status(name))??.isExecutable == true
            if found.content == hook.script {
                return (hook.name, isRun ? .current : .notExecutable)
            }
            return (hook.name, Self.isOurs(found.content) ? .outdated : .foreign)
        }
        let link = folder.appending("hooks-binary")
        program = link.withPlatformString { access($0, X_OK) } == 0 ? link : nil
        problems = Self.problems(place, scripts)
        var found: [(path: FilePath, manager: String)] = []
        for name in (try? opened?.names()) ?? [] {
            guard let content = (try? opened?.read(name))?.content,
                let manager = Self.manager(of: content)
            else { continue }
            found.append((folder.pushing(name), manager))
        }
        leftovers = found
    }

    private static func problems(
        _ place: HooksPlace, _ scripts: [(hook: String, state: Script)]
    ) -> [(text: String, cure: String)] {
        let shown = safeName(place.path)
        let wrong = scripts.filter { $0.state != .current }
        if let setting = place.setting, place.obstacle != nil || !wrong.isEmpty {
            switch setting.scope {
            case .local, .worktree:
                if let obstacle = place.obstacle { return [(obstacle, setting.removal)] }
            case .command:
                let text =
                    "core.hooksPath of the environment makes git use \(shown) instead of the hooks of this clone"
                return [(text, setting.removal)]
            case .system, .global:
                let text =
                    "core.hooksPath of your user or system makes git use \(shown) instead of the hooks of this clone"
                return [(place.obstacle ?? text, "hooks install --force")]
            }
        }
        var problems: [(text: String, cure: String)] = []
        if wrong.count == scripts.count, wrong.allSatisfy({ $0.state == .missing }) {
            problems.append(("the hooks are not installed in \(shown)", "hooks install"))
        } else if !wrong.isEmpty {
            let list = wrong.map { "\($0.hook) is \(words($0.state))" }.joined(separator: ", ")
            problems.append(("\(list) in \(shown)", "hooks install"))
        }
        return problems
    }

    private static func words(_ state: Script) -> String {
        switch state {
        case .current: "current"
        case .outdated: "of another release"
        case .notExecutable: "not executable"
        case .foreign: "not written by hooks"
        case .missing: "missing"
        }
    }

    private static func isOurs(_ content: [UInt8]) -> Bool {
        content.prefix(200).starts(with: Array("#!/bin/sh\n# hooks: ".utf8))
    }

    /// The hook manager that wrote a script, by the marks of such scripts.
    static func manager(of content: [UInt8]) -> String? {
        let text = String(decoding: content.prefix(4096), as: UTF8.self)
        let signs = [
            ("generated by pre-commit", "pre-commit"), ("generated by prek", "prek"),
            ("lefthook", "lefthook"), ("husky", "husky"), ("overcommit", "overcommit"),
        ]
        return isOurs(content) ? nil : signs.first { text.contains($0.0) }?.1
    }
}
