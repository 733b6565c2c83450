/// A workflow of GitHub Actions.
///
/// One job a phase, each after the one before it, named as the phase; `merge_group` so that a merge
/// queue runs them too. The whole history is fetched, because some jobs compare with where the
/// branch started. The program comes from where the variable `HOOKS_URL` of the project says.
enum GitHubFile {
    static func text(_ phases: [String], _ needs: CIFile.Needs) -> String {
        var lines = [
            CIFile.mark + " github`; written again by the same command.",
            "name: hooks",
            "",
            "on:",
            "  push:",
            "    branches-ignore: [\"gh-readonly-queue/**\"]",
            "  pull_request:",
            "  merge_group:",
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
        for (position, phase) in phases.enumerated() {
            if position > 0 { lines.append("") }
            lines += job(phase, after: position > 0 ? phases[position - 1] : nil, needs)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func job(_ phase: String, after other: String?, _ needs: CIFile.Needs)
        -> [String]
    {
        var lines = ["  \(identifier(phase)):", "    name: \(phase.capitalizedFirst)"]
        if let other { lines.append("    needs: \(identifier(other))") }
        lines += [
            "    runs-on: ubuntu-latest",
            "    timeout-minutes: 20",
            "    steps:",
            "      - uses: actions/checkout@v4",
            "        with:",
            "          fetch-depth: 0",
        ]
        if needs.python {
            lines += [
                "      - uses: actions/setup-python@v5", "        with:",
                "          python-version: \"3.x\"",
            ]
        }
        if needs.node {
            lines += [
                "      - uses: actions/setup-node@v4", "        with:",
                "          node-version: \"lts/*\"",
            ]
        }
        if needs.python {
            lines += [
                "      - name: Packages of the project",
                "        run: |",
                "          python3 -m venv .venv",
                "          if [ -f requirements.txt ]; then .venv/bin/pip install -r requirements.txt; fi",
                "          .venv/bin/pip install pytest",
            ]
        }
        return lines + [
            "      - name: Program",
            "        env:",
            "          HOOKS_URL: ${{ vars.HOOKS_URL }}",
            "        run: |",
            "          mkdir -p \"$HOME/.local/bin\"",
            "          : \"${HOOKS_URL:?set the variable HOOKS_URL to where the program hooks is}\"",
            "          curl -fsSL --retry 3 \"$HOOKS_URL\" -o \"$HOME/.local/bin/hooks\"",
            "          chmod +x \"$HOME/.local/bin/hooks\"",
            "          echo \"$HOME/.local/bin\" >>\"$GITHUB_PATH\"",
            "      - name: \(phase.capitalizedFirst)",
            "        run: hooks run \(phase) --tree HEAD",
        ]
    }

    /// A job's identifier begins with a letter, and has letters, digits, `-` and `_`.
    private static func identifier(_ phase: String) -> String {
        let text = String(phase.map { $0 == "." ? "-" : $0 })
        return text.first?.isLetter == true ? text : "phase-" + text
    }
}
