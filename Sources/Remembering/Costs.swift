internal import Files
package import Git
internal import SystemPackage

/// What programs cost here, as earlier runs measured it: to be started, and for each file.
///
/// It decides how many processes share the files, never what they say. It is a small text file in
/// the git common directory, replaced as a whole; a damaged line counts for nothing.
package struct Costs {
    /// Of one job, in milliseconds.
    package struct Cost: Equatable, Sendable {
        package var start: Double
        package var file: Double

        package init(start: Double, file: Double) {
            self.start = start
            self.file = file
        }

        /// What a Python tool costs, until something is measured.
        package static let usual = Cost(start: 200, file: 25)

        /// The same after one more process was measured: with one file it tells of the start, with
        /// several of the files.
        package func learning(files: Int, milliseconds: Double) -> Cost {
            guard files > 0 else { return self }
            var cost = self
            if files == 1 {
                cost.start = (start + max(0, milliseconds - file)) / 2
            } else {
                cost.file = (file + max(0.01, (milliseconds - start) / Double(files))) / 2
            }
            return cost
        }

        /// From how many files on another process saves more than its start costs.
        package var worthAProcess: Int {
            max(1, min(1000, Int((start / max(file, 0.01)).rounded())))
        }
    }

    private static let name: FilePath = "costs"
    private let place: FilePath
    private var byJob: [String: Cost] = [:]

    /// - Parameter repository: the one whose common directory keeps them.
    package init(_ repository: Repository) {
        place = repository.commonState
        guard let folder = try? Folder(private: place),
            let content = try? folder.read(Self.name).content
        else { return }
        for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 3, let start = Double(fields[1]), let file = Double(fields[2]),
                start >= 0, file > 0, start < 1e7, file < 1e7
            else { continue }
            byJob[String(fields[0])] = Cost(start: start, file: file)
        }
    }

    /// The cost of a job by its name.
    package func cost(of job: String) -> Cost { byJob[job] ?? .usual }

    /// Takes what processes of a job took.
    package mutating func learn(_ job: String, _ runs: [(files: Int, milliseconds: Double)]) {
        for run in runs {
            byJob[job] = cost(of: job).learning(files: run.files, milliseconds: run.milliseconds)
        }
    }

    /// Keeps them for the next run; where they cannot be written they are forgotten.
    package func keep() {
        let lines = byJob.sorted { $0.key < $1.key }.map { name, cost in
            "\(name)\t\((cost.start * 100).rounded() / 100)\t\((cost.file * 100).rounded() / 100)\n"
        }
        guard let folder = try? Folder(private: place, create: true) else { return }
        try? folder.replace(Self.name, content: Array(lines.joined().utf8), permissions: 0o600)
    }
}
