/// A workflow of GitHub Actions.
///
/// One job for each phase, each after the one before it, named like the phase. A push to a branch
/// with a pull request runs once, for the pull request; `merge_group` is for merge queues. The
/// whole history is fetched, because some jobs compare with where the branch started.
enum GitHubFile {
    static func text(_ content: CIFile.Content) -> String {
        let branches = content.branches.map { "\"\($0)\"" }.joined(separator: ", ")
        var lines = [
            "name: hooks",
            "",
            "on:",
            "  push:",
            "    branches: [\(branches)]",
            "  pull_request:",
            "  merge_group:",
            "  workflow_dispatch:",
            "",
            "permissions:",
            "  contents: read",
            "",
            "concurrency:",
            "  group: hooks-${{ github.ref }}",
            "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
            "",
            "jobs:",
        ]
        var former: String?
        var taken: Set<String> = []
        for (position, phase) in content.phases.enumerated() {
            var identifier = identifier(phase)
            if !taken.insert(identifier).inserted { identifier += "-\(position + 1)" }
            if former != nil { lines.append("") }
            lines += job(phase, identifier, after: former, content)
            former = identifier
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func job(
        _ phase: String, _ identifier: String, after other: String?, _ content: CIFile.Content
    ) -> [String] {
        let needs = content.needs
        var lines = ["  \(identifier):", "    name: \"\(phase.capitalizedFirst)\""]
        if let other { lines.append("    needs: \(other)") }
        lines += [
            "    runs-on: ubuntu-latest",
            "    timeout-minutes: 20",
            "    steps:",
            "      - uses: actions/checkout@v4",
            "        with:",
            "          fetch-depth: 0",
        ]
        if needs.submodules { lines.append("          submodules: recursive") }
        if needs.largeFiles { lines.append("          lfs: true") }
        if needs.python {
            lines += [
                "      - uses: actions/setup-python@v5",
                "        with:",
                needs.pythonFile.map { "          python-version-file: \"\($0)\"" }
                    ?? "          python-version: \"3.x\"",
            ]
        }
        if needs.node {
            lines += [
                "      - uses: actions/setup-node@v4",
                "        with:",
                needs.nodeFile.map { "          node-version-file: \"\($0)\"" }
                    ?? "          node-version: \"lts/*\"",
            ]
        }
        lines += [
            "      - name: Program",
            "        env:",
            "          HOOKS_URL: \(content.program.address.map { "\"\($0)\"" } ?? "${{ vars.HOOKS_URL }}")",
            "        run: |",
            "          test -n \"$HOOKS_URL\" || { echo \"\(RunnerProgram.missing)\"; exit 1; }",
            "          mkdir -p \"$HOME/.local/bin\"",
            "          curl -fsSL --retry 3 \"$HOOKS_URL\" -o \"$HOME/.local/bin/hooks\"",
            "          echo \"\(content.program.checksum)  $HOME/.local/bin/hooks\" | sha256sum --check --strict -",
            "          chmod +x \"$HOME/.local/bin/hooks\"",
            "          echo \"$HOME/.local/bin\" >>\"$GITHUB_PATH\"",
        ]
        if !needs.setup.isEmpty {
            lines += ["      - name: Tools and packages", "        run: |"]
            lines += needs.setup.map { "          \($0)" }
        }
        return lines + [
            "      - name: \"\(phase.capitalizedFirst)\"",
            "        run: hooks run \(phase) --tree HEAD",
        ]
    }

    /// A job's identifier begins with a letter, and has letters, digits, `-` and `_`.
    private static func identifier(_ phase: String) -> String {
        let text = String(phase.map { $0 == "." ? "-" : $0 })
        return text.first?.isLetter == true ? text : "phase-" + text
    }
}
