/// A pipeline of GitLab: a stage and a job for each phase, once for each push: for the merge
/// request, if there is one, else for the branch.
enum GitLabFile {
    static func text(_ content: CIFile.Content) -> String {
        let needs = content.needs
        let stages = content.phases.map { "\"\($0)\"" }.joined(separator: ", ")
        var lines = [
            "stages: [\(stages)]",
            "",
            "workflow:",
            "  rules:",
            "    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"",
            "    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS",
            "      when: never",
            "    - if: $CI_COMMIT_BRANCH",
            "",
            ".hooks:",
            "  image: \"\(image(needs))\"",
            "  timeout: 20 minutes",
            "  variables:",
            "    GIT_DEPTH: \"0\"",
        ]
        if needs.submodules { lines.append("    GIT_SUBMODULE_STRATEGY: recursive") }
        if let address = content.program.address { lines.append("    HOOKS_URL: \"\(address)\"") }
        lines.append("  before_script:")
        var commands: [String] = []
        let debian = debianPackages(needs)
        if !debian.isEmpty {
            commands += [
                "apt-get update -qq",
                "apt-get install -y -qq --no-install-recommends \(debian.joined(separator: " "))",
            ]
        }
        commands += [
            "test -n \"$HOOKS_URL\" || { echo \"\(RunnerProgram.missing)\"; exit 1; }",
            "curl -fsSL --retry 3 \"$HOOKS_URL\" -o /usr/local/bin/hooks",
            "echo \"\(content.program.checksum)  /usr/local/bin/hooks\" | sha256sum --check --strict -",
            "chmod +x /usr/local/bin/hooks",
        ]
        lines += (commands + needs.setup).map { "    - " + scalar($0) }
        for phase in content.phases {
            lines += [
                "", "\"\(phase.capitalizedFirst)\":", "  extends: .hooks", "  stage: \"\(phase)\"",
                "  script:", "    - hooks run \(phase) --tree HEAD",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func image(_ needs: RunnerNeeds) -> String {
        if needs.python { return "python:\(needs.pythonRelease ?? "3")" }
        return needs.node ? "node:lts" : "buildpack-deps:stable"
    }

    /// Debian packages that the image lacks.
    private static func debianPackages(_ needs: RunnerNeeds) -> [String] {
        let node = needs.callsNpm ? ["nodejs", "npm"] : ["nodejs"]
        return (needs.python && needs.node ? node : []) + needs.debian
    }

    /// A command as YAML: in quotes if YAML would read it as something else.
    private static func scalar(_ command: String) -> String {
        let isPlain =
            !command.contains(": ") && !command.contains(" #") && command.last != ":"
            && command.first.map { !"\"'[]{}>|*&!%#`@,?:-".contains($0) } == true
        return isPlain ? command : "'" + command.replacing("'", with: "''") + "'"
    }
}
