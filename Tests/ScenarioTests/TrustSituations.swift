/// What odd and old git, other users and other programs do at the same time.
let trustSituations: [(situation: String, scenarios: [String])] = [
    (
        "fsmonitor, untracked cache, index v4, manyFiles, skipHash",
        ["index-with-extensions-of-large-repositories"]
    ),
    ("partial clone", ["partial-clone-commits-and-pushes"]),
    ("worktreeConfig", ["settings-for-each-worktree"]),
    ("reftable", ["reftable-is-refused-with-the-reason"]),
    ("bare dotfiles", ["bare-repository-of-dotfiles", "git-directory-elsewhere-is-found"]),
    ("core.fileMode=false", ["file-modes-that-do-not-count"]),
    ("core.ignoreCase", ["names-that-differ-only-in-case"]),
    ("git -c, GIT_CONFIG_COUNT", ["settings-of-the-command-line-count"]),
    ("arguments that are no text", ["names-that-are-no-text-are-arguments"]),
    ("two commands in one worktree", ["two-commands-in-one-worktree"]),
    ("fifty fixes at once", ["fifty-fixes-at-once"]),
    ("git gc, git maintenance, install during a commit", ["housekeeping-during-a-run"]),
    (
        "an editor and a watcher that write all the time",
        ["editor-and-watcher-that-write-all-the-time"]
    ),
    ("a terminal that closes", ["terminal-that-closes"]),
    ("hooks.toml of a clone", ["clone-runs-nothing-by-itself"]),
    ("links put in the way", ["link-put-in-the-way-of-a-fix"]),
    ("names that lead outside", ["index-that-names-a-place-outside"]),
    ("variables that lead elsewhere, folders open to others", ["variables-that-lead-elsewhere"]),
    ("secrets", ["secrets-stay-where-they-are"]),
    ("another user's repository", ["another-users-repository-is-refused"]),
    ("core.sharedRepository", ["two-users-share-a-repository"]),
]
