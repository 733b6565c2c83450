# shellcheck shell=sh
# `hooks install` over a hook that was there before.

prepare() { prepare_clone; }

prepare_clone() {
    git init -q -b topic "$BASE/repository" && cd "$BASE/repository" || return
    printf '[hooks]\npre-commit = ["trailing-whitespace"]\n' >hooks.toml
    git add -A && git commit -q -m base || return
    # shellcheck disable=SC2016 # the hook's own variable
    printf '#!/bin/sh\necho ran >>"$BASE/mine"\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
}

act() { hooks install; }

# The user's own hook is there, under one of its two names or both.
verify() {
    rm -f "$BASE/mine"
    kept=0
    for name in pre-commit pre-commit.before-hooks; do
        if grep -qs mine ".git/hooks/$name"; then kept=$((kept + 1)); fi
    done
    [ $kept != 0 ] || echo "the user's hook is gone"
}

recover() {
    act >"$BASE/again" 2>&1 || { echo "the next install fails with $?:"; cat "$BASE/again"; }
    printf 'new  \n' >new.txt && git add new.txt
    git commit -q -m new >"$BASE/again" 2>&1 || { echo "the commit fails:"; cat "$BASE/again"; }
    [ "$(git show HEAD:new.txt)" = new ] || echo "the commit is not fixed"
    [ "$(wc -l <"$BASE/mine")" = 1 ] || echo "the user's hook did not run once"
}
