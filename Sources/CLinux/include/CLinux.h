/// The few Linux system calls that glibc declares variadic, or not at all, so that Swift cannot see them.
#ifndef HOOKS_CLINUX_H
#define HOOKS_CLINUX_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// prctl(PR_SET_CHILD_SUBREAPER): orphaned descendants become children of this process. 0, or -1 and errno.
int linux_become_subreaper(void);

/// renameat2(RENAME_EXCHANGE): the two names swap what they stand for, in one step. 0, or -1 and errno.
int linux_exchange(int from_folder, const char *from, int to_folder, const char *to);

/// ppoll() with no signal blocked: sleeps until `descriptor` can be read or was hung up (1), a signal
/// handler ran (-1, EINTR), or the milliseconds are over (0; negative: never). -1 as descriptor waits for signals only.
int linux_sleep(int descriptor, int64_t milliseconds);

/// A Landlock ruleset in which every kind of writing is refused unless a rule allows it.
/// The descriptor, or -1 with errno when the kernel has no Landlock.
int linux_write_rules(void);

/// Adds to `rules`: writing to `name` in the open folder, and beneath it, is allowed. A symbolic link is passed over.
void linux_allow_writing(int rules, int folder, const char *name);

/// The same for everything that is in the open folder now, except for `count` names.
void linux_allow_writing_beside(int rules, int folder, const char *const *names, int count);

/// Applies `rules` to this process and everything it starts from now on. There is no way back.
int linux_enforce(int rules);

#endif
