internal import Files
package import Git
internal import GitIndex
internal import SystemPackage

/// The record of one job of one run, for display only.
package struct RunRecord: Sendable, Equatable {
    /// Seconds since 1970.
    package var time: Int64
    /// All jobs of one run have the same.
    package var run: String
    /// What ran it: `ship` or `run`.
    package var by: String
    /// The tree that it was about, in hexadecimal digits.
    package var tree: String
    package var phase: String
    /// Empty for the run as a whole.
    package var job: String
    /// The name of its fact; empty if the result cannot be cached.
    package var fact: String
    /// `passed`, `known`, `failed`, `broken`, `skipped` or `idle`.
    package var status: String
    package var milliseconds: Int
    package var detail: String
    /// The name of the file with its output; empty when it printed nothing.
    package var output: String

    /// The status of a job that ran and found nothing to work on, and for which that is fine.
    package static let idle = "idle"

    package init(
        time: Int64, run: String, by: String, tree: String, phase: String, job: String,
        fact: String, status: String, milliseconds: Int, detail: String = "", output: String = ""
    ) {
        self.time = time
        self.run = run
        self.by = by
        self.tree = tree
        self.phase = phase
        self.job = job
        self.fact = fact
        self.status = status
        self.milliseconds = milliseconds
        self.detail = detail
        self.output = output
    }

    /// The fields in a line, separated by tabs.
    fileprivate var line: String {
        [
            String(time), run, by, tree, phase, job, fact, status, String(milliseconds), detail,
            output,
        ].map { field in
            String(field.map { $0 == "\t" || $0.isNewline ? " " : $0 })
        }.joined(separator: "\t") + "\n"
    }

    /// Reads what `line` made; nil for anything else.
    fileprivate init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 11, let time = Int64(fields[0]), let length = Int(fields[8]) else {
            return nil
        }
        self.init(
            time: time, run: fields[1], by: fields[2], tree: fields[3], phase: fields[4],
            job: fields[5], fact: fields[6], status: fields[7], milliseconds: length,
            detail: fields[9], output: fields[10])
    }
}

/// What ran, when, and with which result: lines in the git common directory, bounded, and the
/// output of the jobs beside them. A loss only affects the output of `hooks status`.
package struct RunLog {
    private static let file: FilePath = "runs"
    private static let folder: FilePath = "output"
    /// Beyond this many bytes the older half is dropped.
    private static let mostBytes = 512 << 10
    /// The number of output files that are kept.
    private static let mostOutputs = 200

    private let place: FilePath

    /// - Parameter repository: the one whose common directory keeps the log.
    package init(_ repository: Repository) {
        place = repository.commonState
    }

    /// Every record, oldest first; damaged lines are skipped.
    package func records() -> [RunRecord] {
        guard let folder = try? Folder(private: place),
            let content = try? folder.read(Self.file).content
        else { return [] }
        // As bytes: to a String, CR and LF are one character.
        return content.split(separator: UInt8(ascii: "\n"))
            .compactMap { RunRecord(line: String(decoding: $0, as: UTF8.self)[...]) }
    }

    /// Adds records. If the log cannot be written, nothing changes.
    package func add(_ records: [RunRecord]) {
        guard !records.isEmpty, let folder = try? Folder(private: place, create: true) else {
            return
        }
        guard let lock = Lock.briefly("runs.lock", in: folder) else { return }
        withExtendedLifetime(lock) { try? append(records, in: folder) }
    }

    private func append(_ records: [RunRecord], in folder: borrowing Folder) throws {
        let new = Array(records.map(\.line).joined().utf8)
        let status = try folder.status(Self.file)
        guard let status, status.size + Int64(new.count) > Self.mostBytes else {
            // Ends a line that a killed process left half written.
            let old = status == nil ? [] : try folder.read(Self.file).content
            let isTorn = !old.isEmpty && old.last != UInt8(ascii: "\n")
            try folder.append(Self.file, (isTorn ? [UInt8(ascii: "\n")] : []) + new)
            return
        }
        let old = try folder.read(Self.file).content.suffix(Self.mostBytes / 2)
        let kept = old.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
        try folder.replace(Self.file, content: Array(kept) + new, permissions: 0o600)
    }

    /// Stores the output of a job, and returns its name; nil if it cannot be stored.
    package func keep(_ output: [UInt8], as name: String) -> String? {
        guard !output.isEmpty, let folder = try? Folder(private: place, create: true),
            let outputs = try? folder.folder(Self.folder, create: true, mode: 0o700)
        else { return nil }
        let file = FilePath(name)
        guard (try? outputs.replace(file, content: output, permissions: 0o600)) != nil else {
            return nil
        }
        // The names begin with the time.
        let names = (try? outputs.names()) ?? []
        for old in names.dropLast(Self.mostOutputs) { try? outputs.remove(old) }
        return name
    }

    /// The output that `keep` stored; nil if it is gone.
    package func output(_ name: String) -> [UInt8]? {
        guard !name.isEmpty, !name.contains("/"), let folder = try? Folder(private: place),
            let outputs = try? folder.folder(Self.folder)
        else { return nil }
        return try? outputs.read(FilePath(name)).content
    }
}
