/// libgit2, as Debian's `libgit2-dev` installs it, and a faster SHA-1.
#ifndef HOOKS_CGIT2_H
#define HOOKS_CGIT2_H

#include <stddef.h>

#include <git2.h>
#include <git2/sys/repository.h>
#include <mbedtls/md.h>
#include <stdbool.h>

/// Whether libgit2 refuses to open repositories of other users. `git_libgit2_opts` is variadic, so Swift cannot see it.
static inline int hooks_validate_owners(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

/// Lets libgit2 open repositories with extensions that matter only to what the git program is asked for here, or that
/// are heeded without libgit2: missing objects are fetched by git, settings of a worktree are read apart, links between
/// worktrees may be relative, and nothing here goes into the git directories of submodules.
static inline int hooks_accept_extensions(void) {
    const char *names[] = {"partialclone", "preciousobjects", "relativeworktrees", "submodulepathconfig", "worktreeconfig"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof names / sizeof *names);
}

/// Makes libgit2 sync what it writes into the object store to the disk.
static inline int hooks_sync_objects(int enabled) {
    return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

/// A file in memory that holds these bytes, open for this process alone. -1 and errno when there can be none.
int hooks_memory_file(const void *bytes, size_t count);

/// The SHA-1 of a header of at most 64 bytes, which may be empty, and the bytes behind it; 0, or an error.
int hooks_sha1(const char *header, size_t length, const unsigned char *bytes, size_t count, unsigned char hash[20]);

#endif
