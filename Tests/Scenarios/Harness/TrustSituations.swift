/// What odd and old git, other users and other programs do at the same time.
let trustSituations: [(situation: String, scenarios: [String])] = [
    (
        "fsmonitor, untracked cache, index v4, manyFiles, skipHash",
        ["repository/index-with-extensions-of-large-repositories"]
    ),
    ("partial clone", ["repository/partial-clone-commits-and-pushes"]),
    ("worktreeConfig", ["repository/settings-for-each-worktree"]),
    ("reftable", ["repository/reftable-is-refused-with-the-reason"]),
    (
        "bare dotfiles",
        ["repository/bare-repository-of-dotfiles", "repository/git-directory-elsewhere-is-found"]
    ),
    ("core.fileMode=false", ["repository/file-modes-that-do-not-count"]),
    ("core.ignoreCase", ["repository/names-that-differ-only-in-case"]),
    ("git -c, GIT_CONFIG_COUNT", ["repository/settings-of-the-command-line-count"]),
    ("arguments that are no text", ["hostile/names-that-are-no-text-are-arguments"]),
    ("two commands in one worktree", ["hostile/two-commands-in-one-worktree"]),
    ("fifty fixes at once", ["hostile/fifty-fixes-at-once"]),
    ("git gc, git maintenance, install during a commit", ["hostile/housekeeping-during-a-run"]),
    (
        "an editor and a watcher that write all the time",
        ["hostile/editor-and-watcher-that-write-all-the-time"]
    ),
    ("a terminal that closes", ["hostile/terminal-that-closes"]),
    ("hooks.toml of a clone", ["hostile/clone-runs-nothing-by-itself"]),
    ("links put in the way", ["hostile/link-put-in-the-way-of-a-fix"]),
    ("names that lead outside", ["hostile/index-that-names-a-place-outside"]),
    (
        "variables that lead elsewhere, folders open to others",
        ["hostile/variables-that-lead-elsewhere"]
    ),
    ("secrets", ["hostile/secrets-stay-where-they-are"]),
    ("another user's repository", ["hostile/another-users-repository-is-refused"]),
    ("core.sharedRepository", ["hostile/two-users-share-a-repository"]),
]
