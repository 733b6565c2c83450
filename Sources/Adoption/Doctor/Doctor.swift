internal import Configuration
internal import Files
package import Git
internal import GitHooks
internal import Glibc
internal import Installation
internal import Notation
package import Planning
internal import Programs
package import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// Checks whether a clone is protected, and shows how to solve each problem. Nothing is changed.
package struct Doctor {
    private let repository: Repository
    private let context: Context

    package init(_ repository: Repository, _ context: Context) {
        self.repository = repository
        self.context = context
    }

    /// Shows all answers; quietly, only the problems.
    package func run(quietly: Bool) -> ExitStatus {
        let answers = examine()
        let wrong = answers.filter { !$0.isFine }
        for answer in quietly ? wrong : answers { context.renderer.handle(.answer(answer)) }
        let message =
            wrong.isEmpty
            ? "this clone is protected" : "\(counted(wrong.count, "problem", "problems")) found"
        let summary = Summary(message: message, exitStatus: wrong.isEmpty ? .fine : .failed)
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }

    /// All answers, in the order in which they matter.
    private func examine() -> [Diagnosis] {
        let catalogue: JobCatalogue
        do {
            catalogue = try ConfigurationFile.load(repository, for: .worktree)
        } catch let error as any Explained {
            return [Diagnosis("configuration", error)]
                + installed(GitHook.all.filter { $0.presence == .always })
        } catch {
            return [Diagnosis("configuration", "\(error)", cures: [])]
        }
        return [configuration(catalogue)] + installed(catalogue.installedHooks) + [
            ConfiguredHooks(repository, context).diagnosis
        ] + largeFileStorage() + [tools(catalogue)]
            + EditableInstallations(repository, context).diagnosis + [
                store(),
                branches(catalogue), variables(),
            ]
    }

    private func configuration(_ catalogue: JobCatalogue) -> Diagnosis {
        guard catalogue.isConfigured else {
            return Diagnosis("configuration", "none; the defaults apply")
        }
        do {
            let jobs = try catalogue.installed().map { "\($0.jobs.count) in \($0.hook)" }
            return Diagnosis("configuration", "valid; jobs: \(jobs.joined(separator: ", "))")
        } catch let error as any Explained {
            return Diagnosis("configuration", error)
        } catch {
            return Diagnosis("configuration", "\(error)", cures: [])
        }
    }

    // MARK: The scripts

    private func installed(_ hooks: [GitHook]) -> [Diagnosis] {
        let inspection: InstallationState
        do {
            inspection = try InstallationState(repository, hooks: hooks)
        } catch let error as any Explained {
            return [Diagnosis("installed", error)]
        } catch {
            return [Diagnosis("installed", "\(error)", cures: [])]
        }
        var answers = inspection.problems.map {
            Diagnosis("installed", $0.text, cures: ["`\($0.cure)`"])
        }
        if answers.isEmpty {
            answers = [Diagnosis("installed", "in \(safeName(inspection.folder))")]
        }
        if let program = inspection.program {
            answers.append(
                Diagnosis("program", "\(safeName(program)) leads to it, independent of PATH"))
        } else {
            let link = safeName(inspection.folder.appending("hooks-binary"))
            answers.append(
                Diagnosis(
                    "program", "\(link) does not lead to an executable program",
                    cures: ["`hooks install`"]))
        }
        return answers + [leftovers(inspection)]
    }

    private func leftovers(_ inspection: InstallationState) -> Diagnosis {
        guard let first = inspection.leftovers.first else {
            return Diagnosis("other managers", "none left")
        }
        let names = inspection.leftovers.map { "\($0.manager) (\(safeName($0.path)))" }
        return Diagnosis(
            "other managers", "still installed, and run first: \(names.joined(separator: ", "))",
            cures: ["`rm \(safeName(first.path))`"])
    }

    /// Empty if git-lfs was never used.
    private func largeFileStorage() -> [Diagnosis] {
        guard LargeFileStorage.isUsed(in: repository) else { return [] }
        guard LargeFileStorage.program(context.environment) != nil else {
            return [
                Diagnosis(
                    "git-lfs",
                    "this clone has content of Git LFS, but `git-lfs` is not installed, so pushes are refused",
                    cures: ["install git-lfs"])
            ]
        }
        return [Diagnosis("git-lfs", "pre-push uploads its objects")]
    }

    // MARK: What they need

    private func tools(_ catalogue: JobCatalogue) -> Diagnosis {
        do {
            let rows = try ToolListing(repository, catalogue, context).rows
            let missing = rows.filter(\.isMissing)
            guard let first = missing.first else {
                return Diagnosis(
                    "tools",
                    rows.isEmpty ? "none needed" : "\(rows.count) found, in the pinned versions"
                )
            }
            var cures: [String] = []
            for cure in missing.flatMap(\.hints) where !cures.contains(cure) { cures.append(cure) }
            return Diagnosis("tools", first.reason, cures: cures)
        } catch let error as any Explained {
            return Diagnosis("tools", error)
        } catch {
            return Diagnosis("tools", "\(error)", cures: [])
        }
    }

    /// Whether results can be cached.
    private func store() -> Diagnosis {
        let place = repository.commonState
        guard (try? Folder(opening: place)) != nil else {
            return Diagnosis("store", "empty: no result is cached yet")
        }
        guard place.withPlatformString({ access($0, W_OK | X_OK) }) == 0 else {
            return Diagnosis(
                "store", "\(safeName(place)) cannot be written, so no result is cached",
                cures: ["`chmod -R u+rwX \(safeName(place))`"])
        }
        return Diagnosis("store", "in \(safeName(place))")
    }

    /// Whether the protected branches exist.
    private func branches(_ catalogue: JobCatalogue) -> Diagnosis {
        let patterns = catalogue.protect.branches
        guard !patterns.isEmpty else {
            return Diagnosis("protected branches", "none, as configured")
        }
        let local = (try? repository.references(matching: "refs/heads/*"))?.map(\.name) ?? []
        let remote = (try? repository.references(matching: "refs/remotes/*"))?.map(\.name) ?? []
        let names =
            local.map { $0.split(separator: "/").dropFirst(2).joined(separator: "/") }
            + remote.map { $0.split(separator: "/").dropFirst(3).joined(separator: "/") }
        let shown = patterns.map { "`\($0.pattern)`" }.joined(separator: ", ")
        let real = Set(names.filter { name in patterns.contains { $0.matches(branch: name.utf8) } })
        guard !real.isEmpty || names.isEmpty else {
            return Diagnosis(
                "protected branches", "[protect] names \(shown), but there is no such branch",
                cures: ["set `branches` in [protect] to the real names"])
        }
        return Diagnosis(
            "protected branches",
            real.isEmpty ? shown : real.sorted().map { safeLine($0.utf8) }.joined(separator: ", "))
    }

    private func variables() -> Diagnosis {
        if context.environment["HOOKS"] == "0" {
            return Diagnosis(
                "variables", "HOOKS=0 turns off all hooks here", cures: ["`unset HOOKS`"])
        }
        let set = ["HOOKS_SKIP", "SKIP"].filter { context.environment[$0]?.isEmpty == false }
        guard let first = set.first else {
            return Diagnosis("variables", "none skips a job")
        }
        return Diagnosis(
            "variables", "\(first) skips \(safeLine((context.environment[first] ?? "").utf8))",
            cures: ["`unset \(first)`"])
    }
}
