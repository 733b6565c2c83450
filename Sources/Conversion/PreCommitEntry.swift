/// Hooks whose configuration names their command.
extension PreCommitConversion {
    /// A hook of a repository with another command than in its manifest: a job of the
    /// project's own, on the files of that hook.
    package mutating func convertEntry(of hook: Hook) {
        if convertCatalogued(hook) { return }
        var job = Draft.Job(name: free(hook.said["alias"]?.text ?? hook.id))
        let known = KnownHooks.jobs[hook.id] ?? own(hook.id)
        let program = KnownHooks.programs[hook.id]
        guard let package = known?.package ?? program?.package ?? known.map({ _ in "" }) else {
            draft.leaveOut(
                "\(hook.title): its environment is unknown to hooks; define a job of your own with its command"
            )
            return
        }
        if !package.isEmpty { pin(hook, package, extras: known?.extras ?? []) }
        run(hook.said["entry"]?.text ?? hook.id, hook.said["args"]?.texts ?? [], hook, &job)
        if known.map({ names.isFixer($0.job) }) ?? program?.fixes ?? false { job["fixes"] = "true" }
        let types = known.map { $0.types ?? names.types(of: $0.job) } ?? program?.types
        select(
            hook, &job, types: types?.isEmpty == true ? nil : types,
            files: known.flatMap { names.files(of: $0.job) } ?? KnownHooks.files[hook.id],
            replaces: true)
        common(hook, &job)
        keep(job, hook)
    }

    /// A hook that calls a tool of the catalogue by its name; false if it does not.
    package mutating func convertCatalogued(_ hook: Hook) -> Bool {
        guard let (entry, words) = catalogued(hook) else { return false }
        var said = hook
        let args = words + (hook.said["args"]?.texts ?? [])
        if case .map(var pairs) = said.said {
            pairs.removeAll { $0.key == "args" }
            pairs.append(("args", .list(args.map { .scalar($0, isPlain: false) })))
            said.said = .map(pairs)
        }
        convert(said, to: entry)
        return true
    }
}
