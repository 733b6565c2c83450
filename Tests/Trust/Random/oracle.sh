# shellcheck shell=sh
# What a commit must come to, worked out by git's plumbing and the fixer on exported content; hooks
# has no part in it. $BASE is a folder of its own; the repository is the current folder.

# The fixer, as a filter.
fixed_text() { sed -e 's/bad/good/g' -e '/drop/d' -e 's/twin/one\ntwo/g'; }

# Makes an index what git is about to commit: begun INDEX KIND [PATH...]
begun() {
    index=$1 kind=$2
    shift 2
    if [ "$kind" = only ]; then
        GIT_INDEX_FILE=$index git read-tree HEAD
    else
        cp .git/index "$index"
    fi
    case $kind in
        all) GIT_INDEX_FILE=$index git add -u ;;
        only | include) GIT_INDEX_FILE=$index git add -- "$@" ;;
    esac 2>/dev/null
}

# Lists what an index changes against HEAD and a fixer is given: mode, blob, path, tabs between.
changed() {
    GIT_INDEX_FILE=$1 git -c core.quotePath=false diff-index --cached --no-renames --abbrev=40 \
        --ita-invisible-in-index HEAD |
        sed -n -E 's/^:[0-7]+ (100644|100755) [0-9a-f]+ ([0-9a-f]+) [AMT]\t(.*\.txt)$/\1\t\2\t\3/p'
}

# Replaces the listed entries of an index by their fixed content: fix INDEX <LIST
fix() {
    while IFS="$(printf '\t')" read -r mode blob path; do
        git cat-file blob "$blob" >"$BASE/staged"
        fixed_text <"$BASE/staged" >"$BASE/fixed"
        fixed=$(git hash-object -w --stdin <"$BASE/fixed")
        GIT_INDEX_FILE=$1 git update-index --cacheinfo "$mode,$fixed,$path"
        [ -z "${2-}" ] || merge "$path"
    done
}

# The expected result for one working file whose staged content was fixed.
merge() {
    file=$BASE/expected/$1
    [ -f "$file" ] && [ ! -L "$file" ] && ! cmp -s "$BASE/staged" "$BASE/fixed" || return 0
    if cmp -s "$file" "$BASE/staged"; then
        cat "$BASE/fixed" >"$file"
    elif git merge-file -p "$file" "$BASE/staged" "$BASE/fixed" >"$BASE/merged" 2>/dev/null; then
        cat "$BASE/merged" >"$file"
    fi
}

tree_of() { GIT_INDEX_FILE=$1 git write-tree; }

# Everything about the working tree but times, with the content of its files.
listed() {
    (cd "$1" && find . -path ./.git -prune -o -printf '%y %m %p %l\n' | sed 's/^d [0-7]* /d /' | sort)
    (cd "$1" && find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 cksum)
}

# Plays one commit and says what is not as it must be: judged KIND [PATH...]; a file that $LATE names
# gets another line while the fixer runs.
judged() {
    begun "$BASE/next" "$@"
    changed "$BASE/next" >"$BASE/list"
    cp -a . "$BASE/expected" && rm -rf "$BASE/expected/.git"
    fix "$BASE/next" working <"$BASE/list"
    tree=$(tree_of "$BASE/next")
    # With --only the rest of the index stays as it is.
    cp .git/index "$BASE/after"
    case $1 in
        all) GIT_INDEX_FILE=$BASE/after git add -u ;;
        only | include) (shift && GIT_INDEX_FILE=$BASE/after git add -- "$@") ;;
    esac 2>/dev/null
    fix "$BASE/after" <"$BASE/list"
    after=$(tree_of "$BASE/after")
    if [ -n "${LATE-}" ]; then
        cp "$LATE" "$BASE/expected/$LATE" && echo "late" >>"$BASE/expected/$LATE"
    fi
    before=$(git rev-parse 'HEAD^{tree}')
    said=$(act "$@" 2>&1)
    status=$?
    if [ "$tree" = "$before" ]; then
        # There is nothing to commit, or nothing is left of it.
        [ "$(git rev-parse 'HEAD^{tree}')" = "$before" ] || echo "the tree changed"
        [ "$1" = only ] && [ "$status" != 0 ] && return
    else
        [ "$status" = 0 ] || echo "the commit fails with $status: $said"
        [ "$(git rev-parse 'HEAD^{tree}')" = "$tree" ] || { echo "the commit is another one:"; git diff-tree -r -p "$tree" HEAD; }
    fi
    [ "$(git write-tree)" = "$after" ] || { echo "the index is another one:"; git diff-tree -r -p "$after" "$(git write-tree)"; }
    listed "$BASE/expected" >"$BASE/expected.list"
    listed . >"$BASE/now.list"
    diff "$BASE/expected.list" "$BASE/now.list" || echo "the working tree is another one: $said"
    git fsck --strict --no-dangling --no-progress 2>&1
    find .git -name '*.lock' ! -path '*/hooks-state/*'
}

act() {
    kind=$1
    shift
    if [ -n "${LATE-}" ]; then
        (
            tries=0
            until [ -e "$BASE/started" ] || [ $tries -gt 200 ]; do sleep 0.02; tries=$((tries + 1)); done
            echo late >>"$LATE"
            touch "$BASE/edited"
        ) &
    fi
    case $kind in
        plain) git commit -q -m change ;;
        all) git commit -q -a -m change ;;
        only) git commit -q --only -m change -- "$@" ;;
        include) git commit -q --include -m change -- "$@" ;;
        amend) git commit -q --amend -m change ;;
    esac
    code=$?
    wait
    return $code
}
