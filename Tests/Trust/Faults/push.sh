# shellcheck shell=sh
# A push whose tests run on a checkout of the pushed tree, while the working tree differs.

prepare() {
    git init -q --bare -b main "$BASE/origin.git" && git init -q -b main "$BASE/repository" &&
        cd "$BASE/repository" || return
    cat >hooks.toml <<'TOML'
[jobs.tests]
run = "sh tests.sh"
pass_files = false

[hooks]
pre-commit = []
pre-push = ["trailing-whitespace", "tests"]
TOML
    # Written to a file that is removed again: the tests may write in their checkout.
    printf 'grep -q good state.txt && echo scratch >made && rm made\n' >tests.sh
    echo good >state.txt && git add -A && git commit -q -m base || return
    git remote add origin ../origin.git && git push -q origin main && git fetch -q || return
    git switch -q -c topic && echo more >>state.txt && git commit -q -a -m more || return
    hooks install 2>/dev/null || return
    echo bad >state.txt && echo mine >untracked.txt
    git add -A -n . >/dev/null
}

act() { git push -q origin topic; }

verify() {
    [ "$(cat state.txt untracked.txt)" = "$(printf 'bad\nmine')" ] || echo "a working file changed"
    [ "$(git status --porcelain)" = "$(printf ' M state.txt\n?? untracked.txt')" ] || git status --porcelain
    [ "$(git log -1 --format=%s)" = more ] || echo "the history changed"
    git -C "$BASE/origin.git" fsck --strict 2>&1 | grep -v '^notice'
    case $(git -C "$BASE/origin.git" for-each-ref --format='%(refname) %(subject)') in
        'refs/heads/main base') ;;
        "refs/heads/main base
refs/heads/topic more") ;;
        *) echo "the remote has $(git -C "$BASE/origin.git" for-each-ref)" ;;
    esac
}

recover() {
    act >"$BASE/again" 2>&1 || { echo "the next push fails with $?:"; cat "$BASE/again"; }
    [ "$(git -C "$BASE/origin.git" log -1 --format=%s topic)" = more ] || echo "topic is not there"
}
