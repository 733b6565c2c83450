/// A pipeline of GitLab: a stage and a job for each phase, for branches and merge requests.
enum GitLabFile {
    static func text(_ phases: [String], _ needs: CIFile.Needs) -> String {
        var lines = [
            CIFile.mark + " gitlab`; written again by the same command.",
            "stages: [\(phases.joined(separator: ", "))]",
            "",
            "workflow:",
            "  rules:",
            "    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"",
            "    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS",
            "      when: never",
            "    - if: $CI_COMMIT_BRANCH",
            "",
            ".hooks:",
            "  image: \(needs.python ? "python:3" : needs.node ? "node:lts" : "buildpack-deps:stable")",
            "  timeout: 20 minutes",
            "  variables:",
            "    GIT_DEPTH: \"0\"",
            "  before_script:",
            "    - test -n \"$HOOKS_URL\" || { echo \"set HOOKS_URL to where the program hooks is\"; exit 1; }",
            "    - curl -fsSL --retry 3 \"$HOOKS_URL\" -o /usr/local/bin/hooks",
            "    - chmod +x /usr/local/bin/hooks",
        ]
        if needs.python {
            lines += [
                "    - python3 -m venv .venv",
                "    - if [ -f requirements.txt ]; then .venv/bin/pip install -r requirements.txt; fi",
                "    - .venv/bin/pip install pytest",
            ]
        }
        for phase in phases {
            lines += [
                "", "\(phase.capitalizedFirst):", "  extends: .hooks", "  stage: \(phase)",
                "  script:", "    - hooks run \(phase) --tree HEAD",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
