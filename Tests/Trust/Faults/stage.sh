# shellcheck shell=sh
# A commit for which the stage is switched from another tree, and nothing of the user's changes but by the commit. A
# job says whether the stage is right: the list of what has to be in it is a tracked file.

# Names, kinds, permissions and content of what is staged, but for the list itself.
list() {
    (
        cd "$1" || exit
        find . -name .git -prune -o ! -path ./list ! -path . -printf '%y %m %p %l\n' | LC_ALL=C sort
        find . -name .git -prune -o ! -path ./list -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum
    )
}

staged() {
    git add -A 2>/dev/null && rm -rf ../staged && git checkout-index -q -a --prefix=../staged/ && list ../staged >../new &&
        mv ../new list && git add list
}

prepare() {
    git init -q -b topic "$BASE/repository" && cd "$BASE/repository" || return
    cat >hooks.toml <<'TOML'
[jobs.look]
run = """
    find . -name .git -prune -o -name beside.log -prune -o ! -path ./list ! -path . -printf '%y %m %p %l\n' | LC_ALL=C sort >/tmp/"$$"
    find . -name .git -prune -o -name beside.log -prune -o ! -path ./list -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum >>/tmp/"$$"
    diff list /tmp/"$$"; status=$?
    rm /tmp/"$$"
    test -z "$(git diff --name-only)$(git ls-files -o --exclude-standard)" && exit $status
"""
shell = true
pass_files = false
always = true

[jobs.same]
run = "cat kept >temp && cat temp >kept && rm temp"
shell = true
pass_files = false
always = true
fixes = true

[hooks]
pre-commit = ["same", "look"]

[phases]
see = ["look"]
TOML
    mkdir -p gone/deep stays moved swapped
    for name in gone/deep/a gone/b stays/a moved/a swapped/a kept; do echo "$name" >"$name"; done
    echo '*.log' >.gitignore && echo run >tool && chmod +x tool && ln -s kept link
    printf 'one\ntwo\n' >ends.txt && staged && git commit -q -m base || return
    git rm -qr gone && git mv moved/a new && git rm -qr swapped && echo file >swapped
    rm link && ln -s stays link && chmod -x tool && echo more >>stays/a && mkdir -p a/b && echo c >a/b/c
    echo '*.txt eol=crlf' >.gitattributes
    staged && git write-tree >../tree && hooks install 2>/dev/null || return
    # What is not staged, or no commit's.
    echo mine >>kept && rm stays/a && echo mine >a/untracked && echo mine >beside.log
    git update-index -q --refresh
    users >../before
}

# All of the user's, byte for byte but for what git notes of files in the index.
users() {
    list . && cat list && git ls-files -s
    find .git -path '.git/hooks-state*' -prune -o ! -name index ! -name COMMIT_EDITMSG -type f -print0 |
        LC_ALL=C sort -z | xargs -0 cksum
}

before() { quiet hooks run see --tree HEAD --fresh; }
quiet() { "$@" >"$BASE/log" 2>&1 || { echo "\`$*\` fails with $?:" && cat "$BASE/log"; }; }

act() { git commit -q -m 'Change it'; }

verify() {
    if [ "$(git log --format=%s)" = base ]; then
        users | diff "$BASE/before" -
    else
        [ "$(git rev-parse 'HEAD^{tree}')" = "$(cat "$BASE/tree")" ] || echo "the commit is another one"
    fi
}

# Here not: then everything in the stage would be looked at again.
time_passes() { find .git/hooks .git/hooks-state -exec touch -h -d '3 hours ago' {} + 2>/dev/null; }

# The next commit is right, and so is what the stage is switched to afterwards.
recover() {
    if [ "$(git log --format=%s)" = base ]; then
        act >"$BASE/again" 2>&1 || { echo "the next commit fails with $?:"; cat "$BASE/again"; }
    fi
    verify
    quiet hooks run see --tree HEAD~1 --fresh
    quiet hooks run see --tree HEAD --fresh
}
