import Configuration
import Git
import Reporting
import Staging
import SystemPackage
import TestSupport
import Testing
import Tools
import Values

@testable import Planning

/// Which jobs a hook runs, and what the configuration makes of them.
struct CatalogueTests {
    private func names(_ hook: GitHook, _ text: String?, personal: String? = nil) throws
        -> [String]
    {
        try Jobs(text, personal: personal).catalogue.jobs(of: hook).map(\.name)
    }

    @Test(arguments: GitHook.withJobs)
    func projectWithoutAConfigurationGetsTheDefaults(hook: GitHook) throws {
        #expect(try names(hook, nil) == hook.defaults)
    }

    @Test func projectThatListsOneHookKeepsTheDefaultsOfOthers() throws {
        let text = "[hooks]\npre-commit = ['black']\n"
        #expect(try names(.preCommit, text) == ["black"])
        #expect(
            try names(.commitMessage, text) == GitHook.commitMessage.defaults)
    }

    @Test(arguments: [GitHook.preMergeCommit, .prePush])
    func mergesAndPushesAreCheckedAsCommits(hook: GitHook) throws {
        #expect(try names(hook, "[hooks]\npre-commit = ['black']\n") == ["black"])
        let own = "[hooks]\npre-commit = ['black']\n\(hook.name) = ['isort']\n"
        #expect(try names(hook, own) == ["isort"])
        #expect(
            try names(hook, "[hooks]\npre-commit = ['black']\n\(hook.name) = []\n").isEmpty)
    }

    @Test func personalJobsComeAfterTheProjectsAndAreMarked() throws {
        let jobs = try Jobs(
            "[hooks]\npre-commit = ['black']\n",
            personal: "[jobs.mine]\nrun = 'true'\n[hooks]\npre-commit = ['mine', 'black']\n"
        ).catalogue.jobs(of: .preCommit)
        #expect(jobs.map(\.name) == ["black", "mine"])
        #expect(jobs.map(\.isPersonal) == [false, true])
    }

    @Test func unknownJobNamesTheNearest() throws {
        let jobs = try Jobs("[jobs.format]\nrun = 'true'\n")
        let failure = #expect(throws: Failure.self) { try jobs["formats"] }
        #expect(failure?.exitStatus == .usage && failure?.message.contains("`formats`") == true)
        #expect(failure?.hints.first?.contains("`format`") == true)
        let far = #expect(throws: Failure.self) { try jobs["quite-another"] }
        #expect(far?.hints.first?.contains("hooks list") == true)
    }

    @Test func fixerThatNobodyCouldSeeIsRefused() {
        let failure = #expect(throws: Failure.self) {
            try Job("own", "run = 'true'", "fixes = true", "run_in = 'worktree'")
        }
        #expect(failure?.message.contains("hooks.toml:1") == true)
    }

    @Test func wrongArgumentOfACheckIsSaidWithItsLine() throws {
        let jobs = try Jobs("\n\n[jobs.large-files]\nargs = ['--maxkb=many']\n")
        let failure = #expect(throws: Failure.self) { try jobs["large-files"] }
        #expect(failure?.message.hasPrefix("hooks.toml:3:") == true)
        #expect(failure?.hints.first?.contains("--maxkb") == true)
    }

    @Test func argumentsOfADefaultHoldOnlyWithoutAConfiguration() throws {
        func isForMerges(_ text: String?) throws -> Bool {
            try Jobs(text)["merge-conflict"].isForMerges
        }
        #expect(try isForMerges(nil) == false)
        #expect(try isForMerges("") == true)
    }

    @Test func toolsAreKeptInPeaceWithBlackWhereNothingIsConfigured() throws {
        let isort = "isort"
        func arguments(_ text: String?, isConfigured: Bool) throws -> [String] {
            let catalogue = try Jobs(text).catalogue
            return catalogue.settled([try catalogue.job(isort)]) { _ in isConfigured }[0].arguments
        }
        #expect(try arguments(nil, isConfigured: false) == ["--profile", "black"])
        #expect(try arguments(nil, isConfigured: true) == [])
        #expect(try arguments("", isConfigured: false) == [])
    }

    @Test func ownCommandInThePlaceOfTestsStillJudgesTheTree() throws {
        let job = try Job("tests", "run = 'make check'")
        #expect(job.isWholeTree && job.runIn == .checkout && !job.passesFiles)
    }

    @Test func failFastOfAJobWinsOverThatOfTheFile() throws {
        let jobs = try Jobs(
            """
            fail_fast = true
            [jobs.one]
            run = 'true'
            [jobs.two]
            run = 'true'
            fail_fast = false
            """)
        #expect(try jobs["one"].failsFast && !jobs["two"].failsFast && jobs["black"].failsFast)
    }

    @Test func tagStandsForItsJobsByName() throws {
        let catalogue = try Jobs(
            "[jobs.b]\nrun = 'true'\ntags = ['x']\n[jobs.a]\nrun = 'true'\ntags = ['y', 'x']\n"
        ).catalogue
        #expect(try catalogue.jobs(tagged: "x").map(\.name) == ["a", "b"])
        #expect(try catalogue.jobs(tagged: "z").isEmpty)
    }

    @Test func ownJobsAreListedBehindThoseOfTheCatalogue() throws {
        let names = try Jobs("[jobs.b]\nrun = 'true'\n[jobs.a]\nrun = 'true'\n[jobs.black]\n")
            .catalogue.names
        #expect(names.suffix(2) == ["a", "b"] && names.filter { $0 == "black" }.count == 1)
    }

    /// A key that is read and then forgotten would be accepted and do nothing.
    @Test(arguments: [
        ("args", "['-x']"), ("files", "['*.x']"), ("types", "['python']"),
        ("all_types", "['text']"), ("exclude_types", "['svg']"), ("exclude", "['*.y']"),
        ("fixes", "true"), ("timeout", "'7s'"), ("env", "{ A = 'b' }"),
        ("run_in", "'worktree'"), ("pass_files", "false"), ("reads", "'files'"),
        ("serial", "true"), ("writes", "['*.w']"), ("skip", "['merge']"), ("only", "['main']"),
        ("tags", "['t']"),
        ("fail_fast", "true"), ("allow_empty", "true"), ("inputs", "['*.z']"),
        ("share", "['data']"), ("budget", "'3s'"), ("quick", "'false'"), ("reads_env", "['A']"),
        ("writes", "['*.w']"), ("pass_files = false\nalways", "true"),
        ("run", "'false'"), ("shell", "true"),
    ])
    func everyKeyOfAJobReachesTheJob(key: String, value: String) throws {
        let others = ["run": "'true'"].filter { $0.key != key }
        let with = try Job(
            "own", others.map { "\($0.key) = \($0.value)" }.joined(), "\(key) = \(value)")
        let without = try Job("own", "run = 'true'")
        #expect("\(with)" != "\(without)", "[jobs] `\(key)` changes nothing")
    }

    @Test func keyAlwaysReachesTheJob() throws {
        let job = try Job("own", "run = 'true'", "pass_files = false", "always = true")
        #expect(try job.isAlways && !Job("own", "run = 'true'").isAlways)
    }

    @Test func keyLeftoversReachesTheJob() throws {
        let job = try Job("own", "run = 'true'", "leftovers = 'fail'")
        #expect(try job.leftovers == .fail && Job("own", "run = 'true'").leftovers != .fail)
    }

    @Test func keyCheckMakesTheJobThatCheck() throws {
        let job = try Job("small", "check = 'large-files'", "args = ['--maxkb=1']")
        #expect(job.name == "small" && !job.isExternal)
    }

    /// What a tool finds above the project is part of the key of its result.
    @Test(arguments: [
        ".actionlint.yaml", ".autoflake", ".bandit", ".clang-format", ".codespellrc", ".coveragerc",
        ".editorconfig", ".eslintrc", ".eslintrc.cjs", ".eslintrc.js", ".eslintrc.json",
        ".eslintrc.yaml", ".eslintrc.yml", ".flake8", ".hadolint.yaml", ".hadolint.yml",
        ".isort.cfg", ".mypy.ini", ".prettierrc", ".prettierrc.json", ".prettierrc.mjs",
        ".prettierrc.yaml", ".prettierrc.yml", ".pydocstyle", ".pylintrc", ".ruff.toml",
        ".rustfmt.toml", ".shellcheckrc", ".swift-format", ".yamllint", ".yamllint.yaml",
        ".yamllint.yml", "Cargo.toml", "_clang-format", "conftest.py", "eslint.config.cjs",
        "eslint.config.js", "eslint.config.mjs", "eslint.config.ts", "go.work", "mypy.ini",
        "package.json", "prettier.config.js", "pylintrc", "pylintrc.toml", "pyproject.toml",
        "pytest.ini", "ruff.toml", "rustfmt.toml", "setup.cfg", "shellcheckrc", "tox.ini",
        "tsconfig.json", "ty.toml",
    ])
    func configurationAboveTheProjectIsKnown(name: String) {
        #expect(ConfigurationNames.all.contains(FilePath(name)))
    }

    @Test func noKeyOfAJobIsMissingAbove() throws {
        let keys = Mirror(reflecting: JobSettings(line: 1)).children.compactMap(\.label)
        #expect(Set(keys).subtracting(["line"]).count == 29, "\(keys)")
    }
}
