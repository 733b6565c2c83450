internal import Configuration
internal import Planning

/// The names of built-in checks in other hook managers.
package enum JobAliases {
    /// The job for a name of another hook manager: the same name without `check-`, `fix-` or
    /// `-fixer`.
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
