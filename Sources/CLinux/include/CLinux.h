/// The few Linux system calls that glibc declares variadic, or not at all, so that Swift cannot see them.
#ifndef HOOKS_CLINUX_H
#define HOOKS_CLINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// prctl(PR_SET_CHILD_SUBREAPER): orphaned descendants become children of this process. 0, or -1 and errno.
int linux_become_subreaper(void);

/// prctl(PR_SET_PDEATHSIG): this process gets SIGTERM when the thread that started it ends. 0, or -1 and errno.
int linux_end_with_parent(void);

/// Starts a program as the leader of a process group, with an empty standard input and no signal blocked or ignored.
/// It is killed when the thread that started it ends. Its process number, or -1 and errno when it cannot be started.
/// `writes`, unless NULL, becomes a descriptor for linux_next_write(), or -1 where the kernel has no such thing.
int linux_start(char *const *arguments, char *const *environment, int *writes);

/// Lets this process, and what it starts, be asked about before each call that could write. The descriptor from which
/// linux_next_write() reads, or -1 and errno. Only calls that are safe after a fork.
int linux_watch_writes(void);

/// Takes the next call that could write, and lets it go on. 1 and the full name of what it is about where that lies on
/// something that is mounted read-only, so that it is going to fail; 0 for any other; -1 and errno when there is none.
int linux_next_write(int writes, char *name, size_t size);

/// posix_spawn(): starts a program, as the leader of a session if `own_session`, with three descriptors of at least 3 as its standard
/// streams and no other one open, and no signal blocked or ignored. `folder` is where it starts; NULL: here.
/// Its process number, or -1 and errno when it cannot be started.
int linux_spawn(const char *program, char *const *arguments, char *const *environment, const char *folder, const int streams[3], int own_session);

/// pipe2(): a pipe that no other program inherits, first the end to read from. 0, or -1 and errno.
int linux_pipe(int ends[2]);

/// pidfd_open(): a descriptor that can be read once the process ended. -1 and errno where the kernel has none.
int linux_watch_process(int process);

/// renameat2(RENAME_EXCHANGE): the two names swap what they stand for, in one step. 0, or -1 and errno.
int linux_exchange(int from_folder, const char *from, int to_folder, const char *to);

/// ppoll() with no signal blocked: sleeps until `descriptor` can be read or was hung up (1), `other` can be read (2), a signal
/// handler ran (-1, EINTR), or the milliseconds are over (0; negative: never). -1 as descriptor is not waited for.
int linux_sleep(int descriptor, int other, int64_t milliseconds);

/// Gives this process, and what it starts, a view of the file system in which `protected` folders are read-only,
/// and `writable` ones, which may lie in them, are not. Stands on mount namespaces, as the user may have them.
/// 0, or -1 and errno: then nothing has changed, or the process only sees the same file system on its own.
int linux_protect(const char *const *protected, int protected_count, const char *const *writable, int writable_count);

/// Lets this process, which has a view of the file system of its own, see `source` at the path of `target`, a folder.
/// 0, or -1 and errno.
int linux_bind(const char *source, const char *target);

/// A Landlock ruleset in which every kind of writing is refused unless a rule allows it.
/// The descriptor, or -1 with errno when the kernel has no Landlock.
int linux_write_rules(void);

/// Adds to `rules`: writing to `name` in the open folder, and beneath it, is allowed. A symbolic link is passed over.
void linux_allow_writing(int rules, int folder, const char *name);

/// Adds to `rules`: writing to everything that is in the open folder now is allowed, except for `count` names.
void linux_allow_writing_beside(int rules, int folder, const char *const *names, int count);

/// Applies `rules` to this process and everything it starts from now on. There is no way back.
int linux_enforce(int rules);

/// Whether a line may end in ASCII whitespace, or in a carriage return; never false when one does.
bool lines_may_end_in_space(const void *bytes, size_t count);

/// Whether there may be seven `<` or `>` in a row; never false when there are.
bool lines_may_be_markers(const void *bytes, size_t count);

/// memmem(): where `wanted` first stands in `bytes`; NULL when it does not.
const void *linux_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

/// Starts a program that has nothing to do with this process any more: a session of its own, no terminal, `/` as its
/// folder, no descriptor of ours, no signal blocked or ignored. Its standard input is a file with `input`, its outputs
/// are empty devices. It is nobody's child when it begins. 0, or -1 and errno when it cannot be forked.
int linux_start_detached(char *const *arguments, char *const *environment, const void *input, size_t size);

/// Connects to the socket at `path`, within a second. The descriptor, or -1 and errno; EPERM when another user listens.
int linux_connect(const char *path);

/// Sends bytes, and with the first of them copies of `count` descriptors, four at most. 0, or -1 and errno.
int linux_send(int to, const void *bytes, size_t size, const int *descriptors, int count);

#endif
