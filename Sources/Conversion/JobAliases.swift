internal import Configuration
internal import Planning

/// What others call a built-in check.
package enum JobAliases {
    /// The job that another hook manager calls so: ours without `check-`, `fix-` or `-fixer`.
    package static func job(for name: String) -> String? {
        if let job = JobCatalogue.known.aliases[name] { return job }
        let bare =
            ["check-", "fix-", "detect-"].first(where: name.hasPrefix).map {
                String(name.dropFirst($0.count))
            } ?? name
        let candidates = [bare, bare.hasSuffix("-fixer") ? String(bare.dropLast(6)) : bare]
        return candidates.first { JobCatalogue.known.jobs.contains($0) }
    }
}
