package import Configuration
internal import Reporting

extension JobCatalogue {
    /// A job as a hook runs it: for an event, the project's own commands run in the working
    /// tree unless they are configured otherwise.
    func job(_ name: String, in hook: GitHook) throws -> Job {
        var job = try job(name)
        guard hook.isEvent || hook.kind == .message else {
            guard job.looksAtMessage else { return job }
            throw misplaced("`\(name)` checks messages, not files", in: hook)
        }
        if hook.kind == .message, !job.isProjects, !job.looksAtMessage {
            throw misplaced("`\(name)` checks files, not messages", in: hook)
        }
        job.environment.append(.init(name: "HOOKS_HOOK", value: hook.name))
        guard hook.isEvent else { return job }
        if job.looksAtMessage {
            throw misplaced("`\(name)` checks commit messages, and \(hook.name) has none", in: hook)
        }
        return job.isProjects && !job.fixes
            ? job.aroundAnEvent(runIn: settings(of: name)?.runIn) : job
    }

    private func misplaced(_ message: String, in hook: GitHook) -> Failure {
        Failure(
            message: message, hints: ["remove it from `\(hook.name)` in [hooks]"],
            exitStatus: .usage)
    }

    /// The git hooks whose scripts are installed in a clone of this project.
    package var installedHooks: [GitHook] {
        GitHook.all.filter { hook in
            switch hook.presence {
            case .always: true
            case .strict: protect.strict
            case .configured: lists(hook)
            }
        }
    }

    /// Whether any configuration lists jobs for a hook.
    private func lists(_ hook: GitHook) -> Bool {
        [configuration, personal?.configuration].contains { $0?.hooks[hook]?.isEmpty == false }
            || nested.contains { $0.catalogue.lists(hook) }
    }

    /// The git hooks that run jobs, with their names; an event only if it has any.
    package func installed() throws -> [(hook: String, jobs: [String])] {
        try installedHooks.filter(\.runsJobs).compactMap { hook in
            let names = try jobs(of: hook).map(\.name)
            return hook.isEvent && names.isEmpty ? nil : (hook.name, names)
        }
    }
}
