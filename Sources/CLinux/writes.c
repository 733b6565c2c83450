#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// What is asked about, and which of its arguments are the folder and the path.
#define HERE (-1)

struct call {
    long number;
    int folder, path;
    /// The argument with the flags of `open`; 0: every call writes.
    int flags;
};

static const struct call calls[] = {
    {SYS_openat, 0, 1, 2},
    {SYS_mkdirat, 0, 1, 0},
    {SYS_unlinkat, 0, 1, 0},
    {SYS_symlinkat, 1, 2, 0},
    {SYS_linkat, 2, 3, 0},
    {SYS_renameat2, 2, 3, 0},
    {SYS_truncate, HERE, 0, 0},
#ifdef SYS_renameat
    {SYS_renameat, 2, 3, 0},
#endif
#ifdef SYS_open
    {SYS_open, HERE, 0, 1},
    {SYS_creat, HERE, 0, 0},
    {SYS_mkdir, HERE, 0, 0},
    {SYS_unlink, HERE, 0, 0},
    {SYS_rmdir, HERE, 0, 0},
    {SYS_symlink, HERE, 1, 0},
    {SYS_link, HERE, 1, 0},
    {SYS_rename, HERE, 1, 0},
#endif
};

#define COUNT (sizeof calls / sizeof *calls)

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#define NATIVE 0
#endif

#define FIELD(name) (__u32) offsetof(struct seccomp_data, name)
// The lower half of an argument; both kinds of processor store it first.
#define ARGUMENT(place) (FIELD(args) + 8 * (place))

int linux_watch_writes(void) {
    // Five instructions for a call at most, and the frame around them.
    struct sock_filter program[5 * COUNT + 8];
    unsigned short count = 0;
    if (NATIVE == 0) return errno = ENOSYS, -1;
    program[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(arch));
    program[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 1, 0);
    program[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(nr));
    for (size_t i = 0; i < COUNT; i++) {
        bool asks = calls[i].flags != 0;
        program[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (__u32)calls[i].number, 0, asks ? 4 : 1);
        if (asks) {
            program[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(calls[i].flags));
            program[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 1, 0);
            program[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        }
        program[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    }
    program[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog whole = {.len = count, .filter = program};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &whole);
}

/// The bytes of a path in the memory of a process; false when they cannot be read.
static bool read_path(int process, __u64 address, char *path, size_t size) {
    size_t length = 0;
    while (length < size) {
        // Not beyond a page: the next one may not be there.
        size_t part = 4096 - (address + length) % 4096;
        if (part > size - length) part = size - length;
        struct iovec here = {.iov_base = path + length, .iov_len = part};
        struct iovec there = {.iov_base = (void *)(uintptr_t)(address + length), .iov_len = part};
        ssize_t count = process_vm_readv(process, &here, 1, &there, 1, 0);
        if (count <= 0) return false;
        if (memchr(path + length, 0, (size_t)count) != NULL) return true;
        length += (size_t)count;
    }
    return false;
}

/// The full name of what a call is about, if it lies on what is mounted read-only; false otherwise.
static bool is_denied(const struct seccomp_notif *asked, const struct call *call, char *name, size_t size) {
    char path[4096], full[4200], link[64];
    struct statvfs status;
    int process = (int)asked->pid;
    if (!read_path(process, asked->data.args[call->path], path, sizeof path)) return false;
    int folder = call->folder == HERE ? AT_FDCWD : (int)asked->data.args[call->folder];
    if (path[0] == '/') {
        snprintf(full, sizeof full, "/proc/%d/root%s", process, path);
    } else if (folder == AT_FDCWD) {
        snprintf(full, sizeof full, "/proc/%d/cwd/%s", process, path);
    } else {
        snprintf(full, sizeof full, "/proc/%d/fd/%d/%s", process, folder, path);
    }
    // What is not there yet lies where its folder does.
    const char *last = "";
    int found = open(full, O_PATH | O_CLOEXEC | (call->flags == 0 ? O_NOFOLLOW : 0));
    if (found < 0) {
        char *slash = strrchr(full, '/');
        last = slash + 1;
        *slash = 0;
        found = open(full, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (found < 0) return false;
    bool denied = fstatvfs(found, &status) == 0 && (status.f_flag & ST_RDONLY) != 0;
    if (denied) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", found);
        ssize_t length = readlink(link, name, size - 1);
        denied = length > 0;
        if (denied) {
            name[length] = 0;
            if (*last != 0) snprintf(name + length, size - (size_t)length, "/%s", last);
        }
    }
    close(found);
    return denied;
}

int linux_next_write(int listener, char *name, size_t size) {
    struct seccomp_notif asked = {0};
    struct seccomp_notif_resp answer = {0};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) return -1;
    int denied = 0;
    for (size_t i = 0; i < COUNT; i++) {
        if (calls[i].number == asked.data.nr) denied = is_denied(&asked, &calls[i], name, size);
    }
    answer.id = asked.id;
    answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    // The caller may be gone.
    (void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    return denied;
}
