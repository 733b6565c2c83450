import Reporting

@testable import Adoption
@testable import Configuration
@testable import Conversion
@testable import Notation
@testable import Planning

extension Door {
    /// What `hooks init` reads. Whatever it makes of it, hooks can read, and it does not say more than
    /// it was told.
    static let otherManagers = Door(
        "configurations of other hook managers", seeds: [preCommitText, lefthookText],
        words: [
            "- ", ": ", "\n", "\n  ", "&a ", "*a", "<<: ", "|\n", ">\n", "\"", "'", "{", "}", "[",
            "]", "#", "!!binary ", "repo: ", "id: ", "files: ", "exclude: ", "types: ", "args: ",
            "entry: ", "language: ", "stages: ", "local", "meta", "run: ", "glob: ",
            "{staged_files}",
            "\\n[jobs.x]\\nrun = 1", "(?x)", "~", "\u{85}", "rev: ", "v1.0",
        ],
        sources: [
            "Sources/Conversion/*.swift", "Sources/CYaml/yaml.c",
        ]
    ) { bytes in
        var drafts: [Draft] = []
        do throws(YAMLError) {
            var conversion = PreCommitConversion(try PreCommitFile(bytes))
            drafts.append(conversion.converted())
        } catch {
            if !isPlain(error.message) { return "the error \(error.message.debugDescription)" }
        }
        if var conversion = try? LefthookConversion(bytes, file: "lefthook.yml") {
            drafts.append(conversion.converted())
        }
        for draft in drafts {
            if let complaint = complaint(about: draft) { return complaint }
        }
        return nil
    }

    private static func complaint(about draft: Draft) -> String? {
        do {
            let parsed = try Configuration.parse(
                Array(draft.toml.utf8), file: "hooks.toml", known: JobCatalogue.known,
                version: JobCatalogue.version)
            _ = try JobCatalogue(parsed, file: "hooks.toml").installed()
            let told = Set(draft.jobs.map(\.name))
            let read = Set((parsed?.jobs ?? [:]).keys)
            return read.isSubset(of: told)
                ? nil : "jobs that nobody wrote: \(read.subtracting(told))"
        } catch {
            return "\(error) in\n\(draft.toml)"
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" }
    }

    /// The first line is the expression, the second a path: globs that take an expression's place
    /// hold for the same paths.
    static let expressions = Door(
        "regular expressions of other hook managers",
        seeds: [
            "^src/.*\\.pyi?$\nsrc/a.py", "(?x)^(\n docs/| # no\n a[.]b\n)$\ndocs/x",
            "^(?!x)y|\\.(js|ts)\na.ts",
        ],
        words: [
            "^", "$", ".*", ".+", "[^/]*", "[^/]+", "(", "(?:", ")", "|", "?", "\\.", "[.]", "/",
            "(?x)", "#", "a", "b/", "{2}", "\\Z", "(?s:.)", "(a+)+$",
        ],
        sources: [
            "Sources/Conversion/RegexTranslation.swift", "Sources/Notation/Regex.swift",
            "Sources/Notation/Glob.swift", "Sources/Notation/GlobCompiler.swift",
        ]
    ) { bytes in
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        let path = Array(lines.last ?? [])
        let expression = String(
            decoding: Array(lines.dropLast().joined(separator: [10])), as: UTF8.self)
        let patterns = RegexTranslation.patterns(for: expression)
        guard let known = try? Expression(expression) else { return nil }
        let isPath =
            !path.isEmpty && !path.contains(0)
            && path.split(separator: 47, omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty
            }
        guard isPath, !patterns.contains(where: { $0.utf8.starts(with: Expression.prefix.utf8) })
        else {
            return nil
        }
        let globs = patterns.compactMap { try? Glob($0) }
        if globs.count != patterns.count { return "not all of \(patterns) are patterns" }
        // A name with a dot is taken for a file's, and not for a folder's above this path.
        let folders = path.indices.filter { path[$0] == 47 }.map { Array(path[..<$0]) }
        if folders.contains(where: known.occurs) { return nil }
        let fits = globs.contains { $0.matches(path) }
        if fits == known.occurs(in: path) { return nil }
        // Python asks for text; pre-commit is given none that is not UTF-8.
        guard String(validating: path, as: UTF8.self) != nil else { return nil }
        return "\(expression) and \(patterns) differ about \(String(decoding: path, as: UTF8.self))"
    }

    private static let preCommitText = """
        default_stages: [pre-commit]
        fail_fast: true
        exclude: ^vendor/
        repos:
        - repo: https://github.com/psf/black
          rev: 24.1.0
          hooks:
          - &b
            id: black
            args: [--line-length, "100"]
            files: ^src/.*\\.py$
            additional_dependencies: [tokenize-rt==5.0]
        - repo: https://github.com/pre-commit/pre-commit-hooks
          rev: v4.5.0
          hooks:
          - id: trailing-whitespace
            types_or: [python, toml]
          - id: no-commit-to-branch
            args: [-b, main]
        - repo: local
          hooks:
          - id: x
            name: X y
            entry: bash -c 'echo "$@"'
            language: system
            pass_filenames: false
            always_run: true
            stages: [push]
        - repo: meta
          hooks:
          - id: identity

        """

    private static let lefthookText = """
        pre-commit:
          parallel: true
          commands:
            lint:
              glob: "*.{js,ts}"
              run: eslint {staged_files}
              stage_fixed: true
              root: web/
              tags: a b
        pre-push:
          jobs:
            - name: t
              run: pytest
              env: {A: b}
              skip: [merge, {ref: main}]
        skip_output: [meta]

        """
}
