/// libgit2, as Debian's `libgit2-dev` installs it.
#ifndef HOOKS_CGIT2_H
#define HOOKS_CGIT2_H

#include <stddef.h>

#include <git2.h>
#include <git2/sys/repository.h>

/// Whether libgit2 refuses to open repositories of other users. `git_libgit2_opts` is variadic, so Swift cannot see it.
static inline int hooks_validate_owners(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

/// Makes libgit2 sync what it writes into the object store to the disk.
static inline int hooks_sync_objects(int enabled) {
    return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

/// A file in memory that holds these bytes, open for this process alone. -1 and errno when there can be none.
int hooks_memory_file(const void *bytes, size_t count);

#endif
