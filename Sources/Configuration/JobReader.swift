internal import Notation

/// Reads one `[jobs.NAME]`, and checks that its keys fit together.
struct JobReader {
    let known: KnownNames

    func job(_ table: Node) throws(ConfigurationError) -> JobSettings {
        var job = JobSettings(line: table.line)
        try JobSettings.table.read(table, into: &job, Scope(known: known))
        let entries = try table.entries()
        if let always = entries.first(where: { $0.key == "always" }), job.always == true,
            job.passFiles != false
        {
            throw always.error(
                "\(always.title) needs `pass_files = false`",
                hints: ["a job that also runs if nothing changed cannot get file names"])
        }
        if let check = entries.first(where: { $0.key == "check" }), known.jobs.contains(table.key) {
            throw check.error(
                "\(quoted(table.key)) is a catalogue job and takes no `check`",
                hints: ["give the job that is to be \(quoted(job.check ?? "")) a name of its own"])
        }
        if let run = entries.first(where: { $0.key == "run" }) {
            try checkOwn(table, job, run)
        } else {
            try checkCatalogue(table, job, entries)
        }
        return job
    }

    /// A job with `run` is the project's own.
    private func checkOwn(_ table: Node, _ job: JobSettings, _ run: Node) throws(ConfigurationError)
    {
        guard job.check == nil else {
            throw run.error("\(run.title) and `check` say two things; take one of them out")
        }
        guard !known.jobs.contains(table.key) || known.replaceable.contains(table.key) else {
            throw run.error(
                "\(quoted(table.key)) is a catalogue job and takes no `run`",
                hints: ["change it with `args`, or give your own job another name"])
        }
        let text = try run.string()
        guard job.shell == true else {
            try checkWords(text, job, run)
            return
        }
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw run.error("\(run.title) is empty")
        }
        guard !text.contains(Words.files) else {
            throw run.error(
                "\(run.title) contains `{files}`, which `shell = true` does not replace",
                hints: ["write `\"$@\"` where the files go"])
        }
    }

    /// A script is parsed by `sh`; any other command is split here.
    private func checkWords(_ text: String, _ job: JobSettings, _ run: Node)
        throws(ConfigurationError)
    {
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw run.error("\(run.title) is empty")
        }
        do throws(WordsError) {
            let words = try Words(text)
            guard !words.placesFiles || job.passFiles != false else {
                throw WordsError(reason: "`{files}` contradicts `pass_files = false`")
            }
        } catch {
            throw run.error("\(run.title) is not a command: \(error.reason)")
        }
    }

    /// A job without `run` changes one of the catalogue.
    private func checkCatalogue(
        _ table: Node, _ job: JobSettings, _ entries: [Node]
    ) throws(ConfigurationError) {
        guard known.jobs.contains(table.key) || job.check != nil else {
            var hints = ["give it a command: `run = \"...\"`"]
            if let nearest = known.nearestJob(to: table.key) {
                hints.insert("did you mean `\(nearest)`?", at: 0)
            }
            throw table.error(
                "\(quoted(table.key)) is not a catalogue job and has no `run`", hints: hints)
        }
        if let shell = entries.first(where: { $0.key == "shell" }) {
            throw shell.error("\(shell.title) has no effect without `run`")
        }
    }
}
