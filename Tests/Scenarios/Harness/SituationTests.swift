import Foundation
import TestSupport
import Testing

/// Every situation that a commit may meet, and the scenarios that show what happens in it.
let situations: [(situation: String, scenarios: [String])] = [
    ("add -p", ["commit/add-p-commits-only-the-chosen-hunk"]),
    (
        "edits above, below and on the fixed lines",
        [
            "unstaged/edit-above-a-fix-stays-unstaged", "unstaged/edit-below-a-fix-stays-unstaged",
            "unstaged/edit-on-the-fixed-line-wins-in-the-working-file",
        ]
    ),
    (
        "pure insertions",
        [
            "unstaged/insertion-beside-a-fixed-line-survives",
            "unstaged/insertion-stays-with-its-neighbours-when-lines-go",
        ]
    ),
    ("no newline at the end", ["content/no-newline-at-the-end-is-kept"]),
    ("CRLF", ["content/crlf-endings-are-kept"]),
    ("autocrlf", ["content/autocrlf-stores-lf-and-keeps-crlf-in-the-working-file"]),
    ("one-way clean filters", ["content/one-way-clean-filter-keeps-what-it-hides"]),
    ("LFS pointers", ["content/lfs-pointers-are-left-alone"]),
    ("binary files", ["content/binary-files-are-left-alone"]),
    ("unstaged delete", ["unstaged/delete-stays-deleted"]),
    ("unstaged rename", ["unstaged/rename-stays-a-rename"]),
    ("unstaged mode change", ["unstaged/mode-change-stays-unstaged"]),
    ("unstaged typechange", ["unstaged/symlink-in-place-of-a-file-is-not-followed"]),
    (
        "file replaced by a folder holding untracked files",
        ["unstaged/folder-in-place-of-a-file-keeps-its-files"]
    ),
    ("intent-to-add", ["unstaged/intent-to-add-is-neither-fixed-nor-committed"]),
    (
        "staged rename plus edit", ["staged/rename-with-an-edit-is-fixed-under-its-new-name"]
    ),
    ("rm --cached", ["unstaged/removed-from-the-index-only-stays-in-the-working-tree"]),
    ("assume-unchanged", ["unstaged/assume-unchanged-files-keep-flag-and-edits"]),
    ("skip-worktree", ["unstaged/skip-worktree-file-is-not-brought-back"]),
    ("sparse checkout", ["repository/sparse-checkout-fixes-what-is-staged-outside-of-it"]),
    (
        "symlinks, never followed for writing",
        [
            "staged/symlink-is-given-to-no-job",
            "staged/typechange-to-a-symlink-is-given-to-no-job",
            "unstaged/symlink-in-place-of-a-folder-is-not-followed",
        ]
    ),
    (
        "submodules",
        ["staged/submodule-is-given-to-no-job", "commit/inside-a-submodule-works-like-any-other"]
    ),
    (
        "executable bits",
        ["content/executable-bit-survives-a-fix", "staged/mode-change-alone-keeps-the-content"]
    ),
    ("first commit of a repository", ["commit/first-commit-on-a-protected-branch-is-let-through"]),
    ("commit -a", ["commit/all-stages-fixes-of-every-changed-file"]),
    (
        "commit --only PATH",
        [
            "commit/only-path-fixes-that-path-and-keeps-the-rest-staged",
            "commit/only-path-that-is-blocked-changes-no-other-entry",
        ]
    ),
    ("commit --include", ["commit/include-path-fixes-both"]),
    (
        "commit --amend",
        ["commit/amend-fixes-what-is-staged", "commit/amend-of-the-message-alone-is-let-through"]
    ),
    ("commit -p", ["commit/p-commits-only-the-chosen-hunk"]),
    (
        "during merge",
        [
            "commit/merge-with-a-fix-stops-before-the-merge-commit",
            "commit/merge-without-a-fix-goes-through",
            "commit/merge-with-a-finding-is-stopped",
            "commit/conflicted-merge-is-fixed-when-it-is-committed",
        ]
    ),
    (
        "during rebase",
        ["commit/during-a-rebase-is-fixed", "job/that-skips-rebase-is-shown-as-skipped"]
    ),
    ("during cherry-pick", ["commit/cherry-pick-with-a-conflict-is-fixed-when-it-is-committed"]),
    ("with unmerged paths", ["commit/unmerged-paths-are-refused"]),
    (
        "in a linked worktree",
        [
            "commit/linked-worktree-commits-its-own-index",
            "install/in-a-linked-worktree-guards-both",
            "hostile/test-suite-in-a-linked-worktree-leaves-the-repository-alone",
        ]
    ),
    ("from a subfolder", ["commit/from-a-subfolder-fixes-the-whole-commit"]),
    ("detached HEAD", ["commit/detached-head-commits"]),
    ("0 bytes", ["content/empty-files-are-committed"]),
    ("100,000 files", ["repository/hundred-thousand-tracked-files-one-staged"]),
    ("2,000 staged files with long paths", ["repository/two-thousand-long-paths-are-all-fixed"]),
    (
        "names with spaces, newlines, leading dash, quotes, non-UTF-8 bytes",
        [
            "hostile/odd-file-names-reach-the-jobs-unharmed",
            "hostile/odd-file-names-reach-a-shell-job-unharmed",
            "hostile/odd-file-names-are-printed-safely",
        ]
    ),
    (
        "an editor saving a file while the hook runs",
        ["hostile/file-saved-while-the-hook-runs-keeps-the-saved-bytes"]
    ),
    ("two commits in two worktrees at once", ["hostile/two-commits-in-two-worktrees-at-once"]),
    ("index locked by someone", ["hostile/index-locked-by-somebody-ends-with-a-conflict"]),
    ("read-only disk", ["hostile/object-store-that-cannot-be-written-changes-nothing"]),
    ("full disk", ["hostile/disk-that-takes-no-more-changes-nothing"]),
    ("a tool that crashes", ["job/that-crashes-publishes-nothing"]),
    ("a tool that hangs", ["job/that-hangs-is-stopped-at-its-timeout"]),
    ("a tool that forks a daemon", ["job/that-leaves-a-daemon-is-named"]),
    (
        "a tool that writes other files",
        [
            "job/that-replaces-another-file-publishes-nothing",
            "job/that-writes-into-another-file-publishes-nothing",
            "job/that-adds-a-file-names-it-and-leaves-it-out",
            "job/that-deletes-its-file-publishes-nothing",
            "job/checker-that-writes-publishes-nothing",
        ]
    ),
    ("a tool that prints 100 MB", ["job/that-prints-100-mb-is-cut-to-its-tail"]),
    ("a tool that calls git", ["job/that-calls-git-meets-no-lock"]),
    ("a tool that is missing", ["job/whose-program-is-missing-is-named"]),
    ("Ctrl-C", ["hostile/ended-by-ctrl-c-changes-nothing"]),
    ("SIGTERM", ["hostile/ended-by-sigterm-changes-nothing"]),
    ("SIGHUP", ["hostile/ended-by-sighup-changes-nothing"]),
    ("SIGKILL", ["hostile/killed-run-leaves-the-state-before"]),
    (
        "what libgit2 cannot open",
        [
            "repository/sha256-repository-is-refused-with-the-reason",
            "repository/split-index-is-refused-with-the-reason",
            "repository/sparse-index-is-refused-with-the-reason",
        ]
    ),
]

/// Every situation that a push may meet.
let pushSituations: [(situation: String, scenarios: [String])] = [
    ("several refs, one bad", ["push/of-several-branches-names-the-bad-one"]),
    ("a branch that is not checked out", ["push/of-a-branch-that-is-not-checked-out"]),
    (
        "HEAD bad but fixed only in the index or the working tree",
        [
            "push/of-a-bad-commit-whose-fix-is-not-committed",
            "push/with-jobs-that-ask-for-the-working-tree",
        ]
    ),
    (
        "an untracked file that makes the tests pass",
        ["push/of-tests-that-need-an-untracked-file", "push/finds-the-modules-of-the-pushed-tree"]
    ),
    ("deletion", ["push/that-deletes-a-branch-runs-nothing"]),
    (
        "protected branches",
        [
            "push/to-a-protected-branch-is-refused", "push/to-a-branch-that-protects-itself",
            "push/to-a-new-remote-takes-the-protected-branch",
        ]
    ),
    ("tags", ["push/of-tags-looks-at-what-they-stand-for"]),
    (
        "new branch, forced, unknown remote ids",
        ["push/checks-what-the-remote-lacks", "push/to-a-remote-below-the-name-of-another"]
    ),
    ("no merge base", ["push/of-a-history-without-a-merge-base"]),
    ("shallow clone", ["push/from-a-shallow-clone"]),
    ("remote without history", ["push/to-a-new-remote-takes-the-protected-branch"]),
    (
        "thousands of references",
        ["push/with-5000-lines-is-read-to-the-end", "push/with-thousands-of-new-branches"]
    ),
    ("garbage on standard input", ["push/with-garbage-on-standard-input"]),
    ("objects missing", ["push/of-a-commit-with-missing-objects"]),
    ("a remote name with spaces", ["push/to-a-remote-whose-name-has-spaces"]),
    ("tests that hang", ["push/whose-tests-hang"]),
    ("tests that fork daemons", ["push/whose-tests-leave-a-daemon"]),
    ("tests that fill the disk", ["push/whose-tests-fill-the-disk", "push/to-a-full-disk"]),
    ("no tests collected", ["push/without-tests-is-refused"]),
    ("pytest by default", ["push/runs-the-fast-tests-of-pytest"]),
    (
        "a tree that was tested",
        [
            "push/of-a-tested-tree-runs-no-tests", "push/of-a-failed-tree-runs-its-tests-again",
            "push/where-tests-change-with-the-environment",
        ]
    ),
    ("fixers", ["push/only-shows-what-fixers-would-change"]),
    (
        "jobs that write",
        ["push/whose-fixer-makes-what-the-tests-need", "push/where-two-trees-differ-in-one-letter"]
    ),
    ("a commit that only removes", ["push/that-only-removes-runs-the-tests"]),
    ("SIGKILL and SIGTERM", ["push/killed-during-a-checkout", "push/whose-git-is-killed"]),
    ("in the middle of a rebase", ["push/in-the-middle-of-a-rebase"]),
    ("edits and commits during the tests", ["push/while-the-user-works-on"]),
    ("pushes at the same time", ["push/twice-at-once"]),
    ("a hook that was there before", ["push/chains-the-hook-that-was-there"]),
    ("by hand", ["push/by-hand"]),
    (
        "settings and attributes",
        [
            "push/from-a-repository-with-settings-of-its-own",
            "push/from-a-repository-named-index", "push/with-submodules-links-and-attributes",
            "push/of-a-branch-with-a-broken-configuration", "push/with-replaced-objects",
            "push/with-a-configuration-that-is-not-tracked", "push/after-a-change-of-attributes",
        ]
    ),
    ("strict: commit, commit -n", ["strict/commit-is-refused"]),
    ("strict: amend", ["strict/amend-is-refused"]),
    ("strict: merge, no-ff, ff, squash", ["strict/merge-is-refused"]),
    ("strict: cherry-pick", ["strict/cherry-pick-is-refused"]),
    ("strict: revert", ["strict/revert-is-refused", "strict/protection-cannot-be-reverted-away"]),
    ("strict: rebase", ["strict/rebase-is-refused"]),
    ("strict: am", ["strict/am-is-refused"]),
    ("strict: branch -f, fetch . +x:main", ["strict/branch-force-is-refused"]),
    ("strict: update-ref", ["strict/update-ref-is-refused"]),
    ("strict: reset --hard", ["strict/reset-is-refused"]),
    ("strict: pull, checkout from origin", ["strict/pull-is-let-through"]),
    ("strict: turned off", ["strict/protection-is-turned-off-by-install"]),
    ("strict: other branches", ["strict/protection-is-for-the-named-branches"]),
]

@Test(arguments: [
    ("a commit", situations), ("a push", pushSituations), ("odd repositories", trustSituations),
])
func everySituationHasItsScenarios(
    of: String, situations: [(situation: String, scenarios: [String])]
) {
    var shown = 0
    for (situation, scenarios) in situations {
        let missing = scenarios.filter { name in
            let path = ScenarioFile.folder.appending(path: name + ".txt").path
            return !FileManager.default.fileExists(atPath: path)
        }
        #expect(!scenarios.isEmpty && missing.isEmpty, "\(situation): there is no \(missing)")
        if !scenarios.isEmpty, missing.isEmpty { shown += 1 }
    }
    Tally.count(
        "situations of \(of), with scenarios that show them", tried: situations.count, held: shown)
}
