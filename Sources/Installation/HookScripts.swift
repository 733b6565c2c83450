package import Configuration

extension GitHook {
    /// The script that git calls: `hooks/hook.sh` with the head of this hook.
    package var script: [UInt8] {
        let head = """
            #!/bin/sh
            # hooks: \(purpose). Written by `hooks install`, removed by `hooks uninstall`.
            hook=\(name) input=\(hasInput ? "yes" : "''") only=\(onlyWith ?? "''") bypass=\(quotedBypass)

            """
        return Array(head.utf8) + Self.body
    }

    /// In double quotes, so that `$0` in it stands for the script.
    private var quotedBypass: String { bypass.map { "\"\($0)\"" } ?? "''" }

    /// What all scripts have in common: what follows the first empty line.
    private static let body: ArraySlice<UInt8> = {
        let script = PackageResources.hook_sh
        let newline = UInt8(ascii: "\n")
        let end = script.indices.dropLast().first {
            script[$0] == newline && script[$0 + 1] == newline
        }
        return script[((end ?? 0) + 1)...]
    }()
}
