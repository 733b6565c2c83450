internal import Checks
internal import Reporting
internal import Tools
internal import Workplaces

extension JobVerdict {
    /// Removes from the output what only reports that the tool worked, and how many of its files it
    /// checked.
    ///
    /// This only changes how the job is shown.
    mutating func takeTally(_ tally: Tool.Tally, of given: Int) {
        if kind != .broken { (output, unseen) = tally.read(output, of: given) }
    }

    /// A part of the tool is missing, and it skipped the files that need it.
    mutating func judge(_ lack: Tool.Lack, of tool: Tool) {
        guard kind != .broken,
            String(decoding: output, as: UTF8.self).contains(lack.words)
        else { return }
        breakDown(
            "`\(tool.program)` is installed without its extra for \(lack.purpose), and skipped them",
            hints: [
                "set `extras = [\"\(lack.extra)\"]` for \(tool.package) in [tools], then `hooks tools sync`; or install `\(tool.package)[\(lack.extra)]` in its environment"
            ])
    }

    /// Files in encodings that the tool would skip silently.
    mutating func find(unreadable files: [FileState], by title: String) {
        if files.isEmpty { return }
        kind = max(kind, .findings)
        for file in files {
            output += Array(
                "\(safeName(file.path)): `\(title)` cannot read it: it is not in UTF-8, and names no other encoding\n"
                    .utf8)
        }
    }
}
