#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int linux_become_subreaper(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

int linux_exchange(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(from_folder, from, to_folder, to, RENAME_EXCHANGE);
}

int linux_sleep(int descriptor, int64_t milliseconds) {
    struct pollfd watched = {.fd = descriptor, .events = POLLIN};
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    sigset_t none;
    sigemptyset(&none);
    return ppoll(&watched, 1, milliseconds < 0 ? NULL : &time, &none);
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
