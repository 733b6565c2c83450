# shellcheck shell=sh
# Programs that look around, each as a job and by hand: sh programs.sh NAME. Nothing in what they print depends on
# where the folder is, on the order in which the file system gives names, or on time.

# Runs a program and gives its output, sorted, with its exit status and without the folder's name.
shown() {
    said=$("$@" 2>&1)
    status=$?
    printf '%s\n' "$said" | sed "s#$PWD#TOP#g" | sort
    echo "status $status"
}

case $1 in
    ruff) shown ruff check --no-cache --output-format concise . ;;
    flake8) shown flake8 -j 1 . ;;
    collect) shown python3 -m pytest -q --collect-only -p no:cacheprovider . | sed 's/ in [0-9.]*s.*//' ;;
    compile) shown python3 -m compileall -q -f . ;;
    grep) shown grep -arn '' . --exclude=.git --exclude-dir=.git --exclude-dir=__pycache__ ;;
    find)
        find . \( -name .git -o -name __pycache__ \) -prune -o -mindepth 1 -printf '%y %m %P -> %l\n' |
            sed 's#-> .*/way/original/.venv$#-> .venv#; s#-> .*/\(main\|linked\)/.venv$#-> .venv#' | sort
        find . \( -name .git -o -name __pycache__ \) -prune -o -type f -print0 | sort -z | xargs -0r cksum
        ;;
    make)
        # shellcheck disable=SC2016 # make reads it
        printf 'all:\n\t@for f in %s; do [ ! -f "$$f" ] || [ "$${f%%%%__pycache__/*}" != "$$f" ] || cksum "$$f"; done\n\t@echo $(words %s)\n' \
            '* */* */*/*' '$(sort $(wildcard *.py */*.py */*/*.py))' | make -s -f - all 2>&1 | sed 's/.tmp.[^:]*:/MAKEFILE:/'
        ;;
    git)
        exec 2>&1
        git status --porcelain --untracked-files=all
        git status --porcelain --ignored | grep -v __pycache__
        git ls-files -s
        git ls-files --eol
        git ls-files -t -o -m -d --exclude-standard
        git diff --stat
        git diff --cached --raw --no-abbrev
        git diff --cached --full-index | cksum
        git grep -n -I import
        git grep --cached -c x
        git log --format='%H %an %s' -5
        git describe --tags --always --dirty
        git rev-parse HEAD --abbrev-ref HEAD --git-dir --git-common-dir --show-prefix --is-shallow-repository
        git ls-files -z | git check-attr -z --stdin text eol filter ident binary | tr '\0' '\n'
        git submodule status | sed 's/ (.*//'
        git stash list
        git write-tree
        git archive HEAD | tar t | sort
        ;;
    *) echo "there is no program $1" ;;
esac
exit 0
