/// libgit2, as Debian's `libgit2-dev` installs it, and a faster SHA-1.
#ifndef HOOKS_CGIT2_H
#define HOOKS_CGIT2_H

#include <git2.h>
#include <git2/sys/repository.h>
#include <mbedtls/md.h>
#include <stdbool.h>

/// Whether libgit2 refuses to open repositories of other users. `git_libgit2_opts` is variadic, so Swift cannot see it.
static inline int hooks_validate_owners(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

/// The SHA-1 of a header of at most 64 bytes, which may be empty, and the bytes behind it; 0, or an error.
int hooks_sha1(const char *header, size_t length, const unsigned char *bytes, size_t count, unsigned char hash[20]);

#endif
