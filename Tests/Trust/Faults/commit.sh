# shellcheck shell=sh
# A commit with fixes over a partially staged tree. The files are named after what is different about
# them; their content before and after is written out here, and nothing else may ever be seen.

# Writes three states of every file: staged, in the working tree, and what both are after the commit.
contents() {
    mkdir -p "$1" && cd "$1" || return
    mkdir staged work staged-after work-after
    printf '1\n2\n3\n4\n5\n6\nbad 7\n8\n' >staged/merged.txt
    printf 'mine above\n1\n2\n3\n4\n5\n6\nbad 7\n8\n' >work/merged.txt
    printf '1\n2\n3\n4\n5\n6\ngood 7\n8\n' >staged-after/merged.txt
    printf 'mine above\n1\n2\n3\n4\n5\n6\ngood 7\n8\n' >work-after/merged.txt
    printf 'bad blank  \n' >staged/replaced.txt
    printf 'bad blank  \n' >work/replaced.txt
    printf 'good blank\n' >staged-after/replaced.txt
    printf 'good blank\n' >work-after/replaced.txt
    printf 'bad deleted\n' >staged/deleted.txt
    printf 'good deleted\n' >staged-after/deleted.txt
    printf 'bad line\n' >staged/overlapping.txt
    printf 'bad line, and mine\n' >work/overlapping.txt
    printf 'good line\n' >staged-after/overlapping.txt
    printf 'bad line, and mine\n' >work-after/overlapping.txt
    printf 'in order\n' >staged/fine.txt
    printf 'in order\nmine below\n' >work/fine.txt
    cp staged/fine.txt staged-after && cp work/fine.txt work-after
}

# Makes the repository as the user left it before the commit.
prepare() {
    contents "$BASE/states"
    git init -q -b topic "$BASE/repository" && cd "$BASE/repository" || return
    # shellcheck source=Tests/Scenarios/prelude.sh
    . "$FAULTS/../../Scenarios/prelude.sh"
    default_jobs >hooks.toml
    sed -i 's/^pre-commit = .*/pre-commit = ["swap", "trailing-whitespace", "no-ugly"]/' hooks.toml
    echo 'commit-msg = ["subject"]' >>hooks.toml
    for name in merged replaced deleted overlapping; do echo base >$name.txt; done
    cp ../states/staged/fine.txt . && git add -A && git commit -q -m base || return
    cp ../states/staged/*.txt . && git add -A && hooks install 2>/dev/null || return
    cp ../states/work/*.txt . && rm deleted.txt && echo bad untracked >untracked.txt
}

act() { git commit -q -m 'Change it'; }

# What is not as it was or as it will be, a line each.
verify() {
    for name in merged replaced deleted overlapping fine; do
        git show ":$name.txt" >"$BASE/now" 2>&1
        among "index has $name.txt" "$BASE/now" staged/$name.txt staged-after/$name.txt
        [ $name = deleted ] || among "$name.txt" $name.txt work/$name.txt work-after/$name.txt
    done
    [ ! -e deleted.txt ] || echo "deleted.txt came back"
    [ "$(cat untracked.txt)" = 'bad untracked' ] || echo "untracked.txt changed"
    [ "$(git log --format=%s)" = base ] || verify_commit
}

verify_commit() {
    [ "$(git log --format=%s)" = "$(printf 'Change it\nbase')" ] || echo "the history is $(git log --format=%s)"
    for name in merged replaced deleted overlapping fine; do
        git show "HEAD:$name.txt" >"$BASE/now" 2>&1
        among "the commit has $name.txt" "$BASE/now" staged-after/$name.txt
        [ $name = deleted ] || told || among "$name.txt, committed," $name.txt work-after/$name.txt
    done
}

# What a fault keeps from being replaced stays as the user had it, and is named.
told() {
    cmp -s "$name.txt" "$BASE/states/work/$name.txt" && grep -q "$name.txt" "$BASE/said"
}

litter_goes() { :; }

# The next commit does it all, and leaves what a run without a fault leaves.
recover() {
    if [ "$(git log --format=%s)" = base ]; then
        : >"$BASE/said"
        act >"$BASE/again" 2>&1 || { echo "the next commit fails with $?:"; cat "$BASE/again"; }
        verify_commit
    fi
    litter_goes
    grep -qs 'cannot be replaced\|is unchanged\|was edited' "$BASE/said" && return
    # Before the undisturbed run has shown it there is nothing to compare with.
    [ -e "$PREPARED/litter-after" ] || return 0
    git status --porcelain | diff - "$PREPARED/status-after" || echo "the status is another one"
}
