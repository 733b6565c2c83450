#!/bin/sh
# The script of every git hook. `hooks install` writes it with the hook's own head in the place of
# these lines, up to the first empty one:
#   hook    git's name of the hook
#   input   whether git writes to its standard input
#   only    the first argument of the calls that matter; empty: all
#   bypass  the command that goes on without the program; empty: the hook stops nothing
hook=pre-commit input='' only='' bypass='git commit --no-verify'

here=${0%/*}
before=$here/before-hooks/$hook
[ -x "$before" ] || before=$0.before-hooks
[ -x "$before" ] || before=
[ -z "$only" ] || [ "$1" = "$only" ] || [ "$before" ] || exit 0
chained=
if [ "$before" ] && [ -z "$input" ]; then
    "$before" "$@" || exit
elif [ "$before" ] && [ ! -t 0 ]; then
    # Typed by hand there is nothing to read, and the program says so.
    lines=$(cat 2>/dev/null; echo .)
    printf %s "${lines%.}" | "$before" "$@" || exit
    chained=yes
fi
hooks=$here/hooks-binary
[ -x "$hooks" ] || for hooks in "$(command -v hooks)" "$HOME/.local/bin/hooks" /usr/local/bin/hooks; do
    [ ! -x "$hooks" ] || break
done
if [ -x "$hooks" ]; then
    [ "$chained" ] || exec "$hooks" hook "$hook" "$@"
    # With `exec` the program learns of the end of git.
    exec "$hooks" hook "$hook" "$@" <<END
${lines%.}
END
fi
[ -z "$input" ] || [ "$chained" ] || [ -t 0 ] || cat >/dev/null 2>&1 || :
[ "$bypass" ] || exit 0
echo "error: the program \`hooks\` is gone; install it again, or run \`$bypass\`" >&2
exit 4
