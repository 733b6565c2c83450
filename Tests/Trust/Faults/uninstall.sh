# shellcheck shell=sh
# `hooks uninstall` brings back the hook that was there before.

# shellcheck source=Tests/Trust/Faults/install.sh
. "$FAULTS/install.sh"
prepare() { prepare_clone && hooks install 2>/dev/null; }

act() { hooks uninstall; }

recover() {
    act >"$BASE/again" 2>&1 || { echo "the next uninstall fails with $?:"; cat "$BASE/again"; }
    grep -q mine .git/hooks/pre-commit || echo "the user's hook is not back"
    find .git/hooks -type f ! -name '*.sample' -printf '%f\n' >"$BASE/now"
    echo pre-commit | diff - "$BASE/now" || echo "something else is left"
    printf 'new  \n' >new.txt && git add new.txt && git commit -q -m new
    [ "$(git show HEAD:new.txt)" = 'new  ' ] || echo "hooks still run"
    [ "$(wc -l <"$BASE/mine")" = 1 ] || echo "the user's hook did not run once"
}
