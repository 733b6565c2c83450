# shellcheck shell=sh
# What a random tree is made of, and the comparison of its stage with a clone of the same content, in which hooks has
# no part. $BASE is a folder of its own, $WITH the one of this file; the repository is the current folder.
# $PROGRAMS are those of programs.sh that are compared.

# What may fail, because nobody knows what is there by then.
try() { "$@" >/dev/null 2>&1 || :; }

# Makes room for a name: folders above it, and nothing in its place.
place() {
    up=
    rest=$1
    while [ "${rest#*/}" != "$rest" ]; do
        up=$up${rest%%/*} rest=${rest#*/}
        if [ -L "./$up" ] || [ ! -d "./$up" ]; then rm -rf "./$up" && mkdir "./$up"; fi
        up=$up/
    done
    rm -rf "./$1"
}

# A file with content as printf writes it, and a link.
# shellcheck disable=SC2059 # the content is meant to be a format
put() { place "$1" && printf "$2" >"./$1"; }
link() { place "$1" && ln -s "$2" "./$1"; }

# Content that is staged without ever having been in a file, as `git add -p` leaves it.
# shellcheck disable=SC2059
only_staged() {
    try git rm -qrf --cached -- "$1"
    try git update-index --add --cacheinfo "100644,$(printf "$2" | git hash-object -w --stdin),$1"
}

# A repository below a name, with another commit than the last one.
module() {
    [ -d "$BASE/inner" ] || {
        git init -q -b main "$BASE/inner" && git -C "$BASE/inner" config core.safecrlf false && (
            cd "$BASE/inner" && mkdir pkg && echo 'import os' >pkg/inner.py &&
                echo __pycache__ >.gitignore && git add . &&
                git commit -qnm inner && echo 'x=1' >more.py && git add . && git commit -qnm more
        )
    }
    place "$1"
    try git -c protocol.file.allow=always submodule --quiet add --force "$BASE/inner" "$1"
    try git -C "$1" checkout -q "$2"
    try git add "$1"
}

# A repository whose jobs are the programs; what is worked in is `main` or a linked worktree of it.
begin() {
    git init -q -b topic "$BASE/main" && cd "$BASE/main" || exit
    jobs=
    for program in $PROGRAMS; do
        jobs="$jobs\"see-$program\", "
        echo "[jobs.see-$program]"
        echo "run = 'sh \"\$WITH/programs.sh\" $program >\"\$OUT/$program\"'"
        printf 'shell = true\npass_files = false\nalways = true\n\n'
    done >hooks.toml
    {
        # shellcheck disable=SC2016 # the job reads it
        printf '[jobs.wild]\nrun = ". $BASE/wild"\nshell = true\npass_files = false\nalways = true\n\n'
        printf '[hooks]\npre-commit = [%s]\npre-push = [%s]\n\n' "$jobs" "$jobs"
        printf '[phases]\nlook = [%s]\n' "$jobs"
    } >>hooks.toml
    printf '*.log\nbuild/\n.env\n__pycache__/\n.venv/\n' >.gitignore
    echo 1 >a.py && git add . && git commit -qnm begin && git tag -m first v0
    echo 2 >a.py && git commit -qnam second
    [ "$1" = main ] || { git worktree add -q -b linked "$BASE/linked" && cd "$BASE/linked"; } || exit
}

# A job that does what it likes in the stage, and somebody who does so between two runs.
wild() {
    echo "$1" >"$BASE/wild"
    try hooks run wild --fresh
}
meddle() {
    for stage in "$BASE"/.cache/hooks/stages/*/work/*; do (cd "$stage" && eval "$1") >/dev/null 2>&1; done
}

# Everything of the user's that no run may touch, by status; a phase stores the tree that it looks at.
users() {
    find "$BASE/main" "$BASE/linked" "$BASE/inner" -path '*/hooks-state*' -prune -o -path "*/${1-}objects" -prune -o \
        -name index -prune -o ! -type d -printf '%T@ %s %i %m %p\n' 2>/dev/null | sort
    git ls-files -s -v
}

# Says how what the programs print in the stage is not what they print in a clone: compare STEP commit|push|phase|work
compare() {
    [ -z "$(git ls-files -u)" ] || git add -A
    # What git does not take cannot be looked at.
    cp "$(git rev-parse --git-path index)" "$BASE/index"
    [ "$2" != work ] || GIT_INDEX_FILE=$BASE/index git add -A 2>/dev/null || set -- "$1" commit
    step="step $1, $2"
    rm -rf "$BASE/clone" "$BASE/said" && mkdir -p "$BASE/said/stage" "$BASE/said/clone"
    # Git takes a file that is there for one that is checked out, once it writes the index.
    try git update-index -q --refresh --force-write-index
    except=nothing
    [ "$2" != work ] || except=
    users "$except" >"$BASE/before"
    case $2 in
        commit) OUT=$BASE/said/stage hooks run pre-commit --fresh >"$BASE/log" 2>&1 ;;
        push) OUT=$BASE/said/stage hooks run pre-push --fresh >"$BASE/log" 2>&1 ;;
        phase) OUT=$BASE/said/stage hooks run look --tree HEAD --fresh >"$BASE/log" 2>&1 ;;
        work) OUT=$BASE/said/stage hooks run look --fresh >"$BASE/log" 2>&1 ;;
    esac || { echo "$step: hooks ends with $?"; sed 's/^/    /' "$BASE/log"; return; }
    users "$except" | diff "$BASE/before" - || echo "$step: something of the user's changed"
    clone "$2"
    for program in $PROGRAMS; do
        # The index there is about what is staged, and the files are others.
        [ "$2,$program" != work,git ] || continue
        (cd "$BASE/clone" && sh "$WITH/programs.sh" "$program" >"$BASE/said/clone/$program")
        diff -a "$BASE/said/stage/$program" "$BASE/said/clone/$program" >"$BASE/difference" 2>&1 ||
            { echo "$step, $program: < stage, > clone"; head -n 20 "$BASE/difference"; }
    done
}

# A plain clone of what is under test.
clone() {
    case $1 in
        commit) tree=$(git write-tree) ;;
        push | phase) tree=$(git rev-parse 'HEAD^{tree}') ;;
        work)
            cp "$(git rev-parse --git-path index)" "$BASE/index"
            tree=$(export GIT_INDEX_FILE="$BASE/index" && git add -A 2>/dev/null && git write-tree)
            ;;
    esac
    git clone -q -n --shared "$PWD" "$BASE/clone" || return
    # It takes a branch that is where a detached HEAD is.
    git symbolic-ref -q HEAD >/dev/null || git -C "$BASE/clone" update-ref --no-deref HEAD "$(git rev-parse HEAD)"
    if [ "$1" != push ] && [ "$1" != phase ] && [ "$(git config core.sparseCheckout)" = true ]; then
        git -C "$BASE/clone" config core.sparseCheckout true
        git -C "$BASE/clone" read-tree "$tree"
        git ls-files -t -z | sed -zn 's/^S //p' >"$BASE/skipped"
        git -C "$BASE/clone" update-index --skip-worktree -z --stdin <"$BASE/skipped"
        git -C "$BASE/clone" checkout-index -a -u
    else
        git -C "$BASE/clone" read-tree --reset -u "$tree"
    fi
    git -C "$BASE/clone" ls-files -s | sed -n 's/^160000 [0-9a-f]* 0.//p' | while IFS= read -r module; do
        [ ! -e "$module/.git" ] ||
            try git -C "$BASE/clone" -c protocol.file.allow=always submodule --quiet update --init -- "$module"
    done
    if [ "$1" = commit ]; then
        git ls-files -z -o -i --exclude-standard --directory
    elif [ -e .venv ]; then
        printf '.venv\0'
    fi >"$BASE/ignored"
    # shellcheck disable=SC2016 # the shell that it starts reads it
    xargs -0r sh -c '. "$WITH/tree.sh"; for name; do beside "${name%/}"; done' sh <"$BASE/ignored"
}

# Puts an ignored file or folder of the user's into the clone, where its folder is.
beside() {
    case /$1/ in */__pycache__/*) return ;; esac
    into=$(dirname "$BASE/clone/$1")
    mkdir -p "$into" 2>/dev/null && [ "$(realpath "$into")" = "$(realpath -s "$into")" ] || return
    if [ "$1" = .venv ]; then ln -s "$PWD/.venv" "$BASE/clone"; else cp -a "./$1" "$BASE/clone/$1"; fi
    printf '/%s\n' "$1" >>"$BASE/clone/.git/info/exclude"
}
