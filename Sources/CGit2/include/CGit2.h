/// libgit2, as Debian's `libgit2-dev` installs it.
#ifndef HOOKS_CGIT2_H
#define HOOKS_CGIT2_H

#include <git2.h>
#include <git2/sys/repository.h>
#include <mbedtls/md.h>

/// Whether libgit2 refuses to open repositories of other users. `git_libgit2_opts` is variadic, so Swift cannot see it.
static inline int hooks_validate_owners(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

#endif
