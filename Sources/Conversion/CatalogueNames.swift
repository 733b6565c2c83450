internal import Configuration
internal import Notation
internal import Planning
internal import Reporting
internal import Tools

/// What a conversion needs to know about the catalogue.
package struct CatalogueNames {
    private let empty = JobCatalogue(nil, file: "hooks.toml")

    package init() {}

    /// Whether there is a job with this name.
    package func has(_ job: String) -> Bool { JobCatalogue.known.jobs.contains(job) }

    /// Whether the package can be pinned by its name alone.
    package func canPin(_ package: String) -> Bool { JobCatalogue.known.tools.contains(package) }

    /// The types of the files that a job gets; nil: any.
    package func types(of job: String) -> [String]? { (try? empty.job(job))?.selection.types }

    /// Globs of the files that a job gets; nil: any.
    package func files(of job: String) -> [String]? {
        (try? empty.job(job))?.selection.files?.map(\.pattern)
    }

    /// The program of a tool, and its arguments before the files; nil for built-in checks.
    package func command(of job: String) -> [String]? {
        Catalogue.tool(named: job).map { [$0.program] + $0.arguments }
    }

    /// Whether the job may change files.
    package func isFixer(_ job: String) -> Bool { (try? empty.job(job))?.fixes == true }

    /// Whether a job belongs to the catalogue and does not check messages.
    package func looksAtFiles(_ job: Draft.Job) -> Bool {
        guard job["run"] == nil, let made = try? made(job) else { return false }
        return !made.looksAtMessage
    }

    /// Why a drafted job is invalid; nil if it is valid.
    package func fault(of job: Draft.Job) -> String? {
        do {
            _ = try made(job)
            return nil
        } catch let error as ConfigurationError {
            return error.reason
        } catch let error as Failure {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    /// The job that comes of a draft.
    private func made(_ job: Draft.Job) throws -> Job {
        var draft = Draft(origin: "")
        draft.jobs = [job]
        let parsed = try Configuration.parse(
            Array(draft.toml.utf8), file: "hooks.toml", known: JobCatalogue.known,
            version: JobCatalogue.version)
        return try JobCatalogue(parsed, file: "hooks.toml").job(job.name)
    }
}
