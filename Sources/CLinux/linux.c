#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int linux_become_subreaper(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

int linux_end_with_parent(void) {
    return prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/// What happens between fork and exec; only calls that are safe there. Comes back with errno when it fails.
static void become(char *const *arguments, char *const *environment, int asker) {
    sigset_t none;
    sigemptyset(&none);
    int empty = open("/dev/null", O_RDONLY);
    if (empty < 0 || dup2(empty, STDIN_FILENO) < 0) return;
    if (empty != STDIN_FILENO) close(empty);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (asker >= 0) {
        int writes = linux_watch_writes();
        linux_send(asker, "w", 1, &writes, writes >= 0 ? 1 : 0);
        if (writes >= 0) close(writes);
        close(asker);
    }
    execve(arguments[0], arguments, environment);
}

/// The descriptor that comes with the next message; -1 when none does.
static int receive_descriptor(int from) {
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr header; } extra;
    char byte;
    struct iovec part = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = extra.bytes, .msg_controllen = sizeof extra.bytes};
    ssize_t count;
    while ((count = recvmsg(from, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) { }
    struct cmsghdr *header = count > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    int descriptor = -1;
    if (header != NULL && header->cmsg_type == SCM_RIGHTS) memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

int linux_start(char *const *arguments, char *const *environment, int *writes) {
    int reason = 0;
    int news[2];
    int askers[2] = {-1, -1};
    if (writes != NULL) *writes = -1;
    if (pipe2(news, O_CLOEXEC) != 0) return -1;
    if (writes != NULL && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, askers) != 0) askers[0] = askers[1] = -1;
    pid_t child = fork();
    if (child == 0) {
        if (askers[0] >= 0) close(askers[0]);
        become(arguments, environment, askers[1]);
        reason = errno;
        (void)!write(news[1], &reason, sizeof reason);
        _exit(127);
    }
    int failure = errno;
    close(news[1]);
    if (askers[0] >= 0) {
        close(askers[1]);
        if (child > 0) *writes = receive_descriptor(askers[0]);
        close(askers[0]);
    }
    if (child > 0) {
        // An exec that succeeds closes the pipe without a word.
        ssize_t count;
        while ((count = read(news[0], &reason, sizeof reason)) < 0 && errno == EINTR) { }
        if (count == sizeof reason) {
            waitpid(child, NULL, 0);
            failure = reason;
            child = -1;
        }
    }
    close(news[0]);
    errno = failure;
    return child;
}

int linux_spawn(const char *program, char *const *arguments, char *const *environment, const char *folder, const int streams[3], int own_session) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    pid_t child = -1;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0) return errno = failure, -1;
    if ((failure = posix_spawnattr_init(&attributes)) == 0) {
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setflags(&attributes, (own_session ? POSIX_SPAWN_SETSID : 0) | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setsigmask(&attributes, &none);
        for (int i = 0; i < 3 && failure == 0; i++) {
            failure = posix_spawn_file_actions_adddup2(&actions, streams[i], i);
        }
        if (failure == 0) failure = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
        if (failure == 0 && folder != NULL) failure = posix_spawn_file_actions_addchdir_np(&actions, folder);
        if (failure == 0) failure = posix_spawn(&child, program, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) errno = failure;
    return failure == 0 ? child : -1;
}

int linux_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int linux_watch_process(int process) {
    return (int)syscall(434 /* pidfd_open */, process, 0);
}

int linux_exchange(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(from_folder, from, to_folder, to, RENAME_EXCHANGE);
}

int linux_sleep(int descriptor, int other, int64_t milliseconds) {
    struct pollfd watched[2] = {{.fd = descriptor, .events = POLLIN}, {.fd = other, .events = POLLIN}};
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    sigset_t none;
    sigemptyset(&none);
    int ready = ppoll(watched, 2, milliseconds < 0 ? NULL : &time, &none);
    if (ready <= 0) return ready;
    // The watch ends with the last process that is asked about, which says nothing.
    if (watched[0].revents != 0) return 1;
    return (watched[1].revents & POLLIN) != 0 ? 2 : 0;
}

static int write_text(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, text, strlen(text));
    close(file);
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

/// A mount namespace of our own; without the right to have one, in a user namespace where we are who we are.
static int leave_mount_namespace(void) {
    char text[64];
    uid_t user = geteuid();
    gid_t group = getegid();
    if (unshare(CLONE_NEWNS) == 0) return 0;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return -1;
    write_text("/proc/self/setgroups", "deny");
    snprintf(text, sizeof text, "%u %u 1", user, user);
    if (write_text("/proc/self/uid_map", text) != 0) return -1;
    snprintf(text, sizeof text, "%u %u 1", group, group);
    return write_text("/proc/self/gid_map", text);
}

int linux_protect(const char *const *protected, int protected_count, const char *const *writable, int writable_count) {
    // What mount_setattr takes; the headers of an older system lack it.
    struct { uint64_t set, clear, propagation, user_namespace; } read_only = {.set = 1 /* MOUNT_ATTR_RDONLY */};
    if (leave_mount_namespace() != 0) return -1;
    if (mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return -1;
    for (int i = 0; i < protected_count; i++) {
        if (mount(protected[i], protected[i], NULL, MS_BIND | MS_REC, NULL) != 0) return -1;
    }
    for (int i = 0; i < writable_count; i++) {
        if (mount(writable[i], writable[i], NULL, MS_BIND | MS_REC, NULL) != 0) return -1;
    }
    for (int i = 0; i < protected_count; i++) {
        if (syscall(442 /* mount_setattr */, AT_FDCWD, protected[i], 0, &read_only, sizeof read_only) != 0) return -1;
    }
    return 0;
}

int linux_bind(const char *source, const char *target) {
    return mount(source, target, NULL, MS_BIND | MS_REC, NULL);
}

// The rights are those of Landlock's later versions too; the headers of an older system lack the names.
#define WRITE_FILE (1ULL << 1)
#define FOLDER_RIGHTS \
    (WRITE_FILE | (1ULL << 4) /* remove folder */ | (1ULL << 5) /* remove file */ | (1ULL << 7) /* folder */ \
     | (1ULL << 8) /* regular file */ | (1ULL << 9) /* socket */ | (1ULL << 10) /* fifo */ \
     | (1ULL << 12) /* symbolic link */)
#define REFER (1ULL << 13)
#define TRUNCATE (1ULL << 14)

static int version(void) {
    static int known = 0;
    if (known == 0) {
        known = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    }
    return known;
}

/// Renaming across folders and truncation are known from versions 2 and 3 on.
static uint64_t newer_rights(bool folder) {
    return (version() >= 2 && folder ? REFER : 0) | (version() >= 3 ? TRUNCATE : 0);
}

int linux_write_rules(void) {
    struct landlock_ruleset_attr attributes = {.handled_access_fs = FOLDER_RIGHTS | newer_rights(true)};
    if (version() < 1) return -1;
    return (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
}

void linux_allow_writing(int rules, int folder, const char *name) {
    struct stat status;
    int descriptor = openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return;
    if (fstat(descriptor, &status) == 0 && !S_ISLNK(status.st_mode)) {
        bool is_folder = S_ISDIR(status.st_mode);
        struct landlock_path_beneath_attr beneath = {
            .allowed_access = (is_folder ? FOLDER_RIGHTS : WRITE_FILE) | newer_rights(is_folder),
            .parent_fd = descriptor,
        };
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    }
    close(descriptor);
}

static bool is_among(const char *name, const char *const *names, int count) {
    for (int i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) return true;
    }
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

void linux_allow_writing_beside(int rules, int folder, const char *const *names, int count) {
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    if (stream == NULL) return;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (!is_among(entry->d_name, names, count)) linux_allow_writing(rules, folder, entry->d_name);
    }
    closedir(stream);
}

int linux_enforce(int rules) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return (int)syscall(SYS_landlock_restrict_self, rules, 0);
}

const void *linux_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
    return memmem(bytes, count, wanted, wanted_count);
}

/// Leaves everything of the process that forked this one behind; only calls that are safe after a fork.
static void detach(char *const *arguments, char *const *environment, int input) {
    sigset_t none;
    sigemptyset(&none);
    int empty = open("/dev/null", O_RDWR);
    if (empty < 0 || chdir("/") != 0) return;
    if (dup2(input, STDIN_FILENO) < 0 || dup2(empty, STDOUT_FILENO) < 0 || dup2(empty, STDERR_FILENO) < 0) return;
    if (syscall(436 /* close_range */, 3, ~0U, 0) != 0) {
        for (int descriptor = 3; descriptor < 65536; descriptor++) close(descriptor);
    }
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(arguments[0], arguments, environment);
}

int linux_start_detached(char *const *arguments, char *const *environment, const void *input, size_t size) {
    int file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0) return -1;
    if (write(file, input, size) != (ssize_t)size || lseek(file, 0, SEEK_SET) != 0) {
        close(file);
        return -1;
    }
    pid_t first = fork();
    if (first == 0) {
        setsid();
        if (fork() == 0) detach(arguments, environment, file);
        _exit(0);
    }
    int failure = errno;
    close(file);
    while (first > 0 && waitpid(first, NULL, 0) < 0 && errno == EINTR) { }
    errno = failure;
    return first > 0 ? 0 : -1;
}

int linux_connect(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) return -1;
    // A listener that does not get to run is not waited for.
    struct timeval patience = {.tv_sec = 1};
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    int failure = 0;
    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0
        || getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        failure = errno;
    } else if (peer.uid != geteuid()) {
        failure = EPERM;
    }
    if (failure == 0) return connection;
    close(connection);
    errno = failure;
    return -1;
}

int linux_send(int to, const void *bytes, size_t size, const int *descriptors, int count) {
    union { char bytes[CMSG_SPACE(4 * sizeof(int))]; struct cmsghdr header; } extra;
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0 && count <= 4) {
        memset(&extra, 0, sizeof extra);
        message.msg_control = extra.bytes;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
    }
    while (part.iov_len > 0) {
        ssize_t sent = sendmsg(to, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return -1;
        part.iov_base = (char *)part.iov_base + sent;
        part.iov_len -= (size_t)sent;
        message.msg_control = NULL;
        message.msg_controllen = 0;
    }
    return 0;
}
