// Runs a command, counts the system calls of one program in it, and does something at the N-th.
//
// strace can inject too, but counts for each thread by itself; a run of hooks is several processes with
// several threads each, and what is asked for here is "the N-th call of all of them together".
//
// Usage: FaultTracer [--program FILE] [--calls NAME,...] [--at N] [--error ERRNO | --signal NUMBER]
//                    [--to process|main|group|program] [--times COUNT] [--patience SECONDS]
//                    [--list FILE] [--report FILE] -- COMMAND...
//
//   --program FILE   counts only calls of processes that run this file
//   --calls NAMES    counts only these calls; `changes` stands for all that change something
//   --at N           acts before the N-th counted call; without it nothing happens
//   --error ERRNO    the call is not made and fails with this
//   --signal NUMBER  sent to the process that makes the call, to the first one that runs the program, to the
//                    process group of the command, or to all processes that run the program
//   --times COUNT    the same again at the next counted calls
//   --list FILE      gets one line for each counted call
//   --report FILE    gets what became of it: lines of a word and its value
//   --untraced yes   only what the command may do is as it would be; the counted calls then fail
//
// The exit status is that of the command, or 128 + its signal.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef __x86_64__
#error "the registers of a system call are known here for x86_64 only"
#endif

struct call {
    const char *name;
    long number;
    /// Which argument is a path (0-5), -1 for none.
    int path;
    bool changes;
};

static const struct call calls[] = {
    {"write", SYS_write, -1, true},         {"pwrite64", SYS_pwrite64, -1, true},
    {"writev", SYS_writev, -1, true},       {"sendto", SYS_sendto, -1, true},
    {"rename", SYS_rename, 0, true},        {"renameat", SYS_renameat, 1, true},
    {"renameat2", SYS_renameat2, 1, true},  {"unlink", SYS_unlink, 0, true},
    {"unlinkat", SYS_unlinkat, 1, true},    {"rmdir", SYS_rmdir, 0, true},
    {"mkdir", SYS_mkdir, 0, true},          {"mkdirat", SYS_mkdirat, 1, true},
    {"link", SYS_link, 0, true},            {"linkat", SYS_linkat, 1, true},
    {"symlink", SYS_symlink, 1, true},      {"symlinkat", SYS_symlinkat, 2, true},
    {"chmod", SYS_chmod, 0, true},          {"fchmod", SYS_fchmod, -1, true},
    {"fchmodat", SYS_fchmodat, 1, true},    {"fchown", SYS_fchown, -1, true},
    {"ftruncate", SYS_ftruncate, -1, true}, {"utimensat", SYS_utimensat, 1, true},
    {"fsync", SYS_fsync, -1, true},         {"fdatasync", SYS_fdatasync, -1, true},
    {"mount", SYS_mount, 1, true},          {"kill", SYS_kill, -1, true},
    {"flock", SYS_flock, -1, true},         {"fork", SYS_fork, -1, true},
    {"vfork", SYS_vfork, -1, true},         {"clone", SYS_clone, -1, true},
    {"clone3", SYS_clone3, -1, true},       {"execve", SYS_execve, 0, true},
    {"open", SYS_open, 0, false},           {"openat", SYS_openat, 1, false},
    {"read", SYS_read, -1, false},          {"mmap", SYS_mmap, -1, false},
    {"pipe2", SYS_pipe2, -1, false},        {"socketpair", SYS_socketpair, -1, false},
    {"fcntl", SYS_fcntl, -1, false},        {"newfstatat", SYS_newfstatat, 1, false},
    {"getdents64", SYS_getdents64, -1, false}, {"unshare", SYS_unshare, -1, false},
    {"mount_setattr", 442, 1, false},       {"landlock_create_ruleset", 444, -1, false},
    {"pidfd_open", 434, -1, false},         {"prlimit64", SYS_prlimit64, -1, false},
    {"fgetxattr", SYS_fgetxattr, -1, false}, {"fsetxattr", SYS_fsetxattr, -1, false},
    {"setpriority", SYS_setpriority, -1, false}, {"faccessat2", 439, 1, false},
    {"close_range", 436, -1, false},        {"prctl", SYS_prctl, -1, false},
    {"sched_getaffinity", SYS_sched_getaffinity, -1, false},
    {"getrandom", SYS_getrandom, -1, false}, {"statfs", SYS_statfs, 0, false},
    {"memfd_create", SYS_memfd_create, -1, false},
};
#define CALLS (sizeof calls / sizeof *calls)

static bool counted[CALLS];
static const char *program;
static long at;
static int error_number;
static int signal_number;
static const char *to = "process";
static int times = 1;
static int patience = 30;
static FILE *list;
static const char *report_path;
static bool untraced;

static pid_t command;
static pid_t first_of_program;
static long points;
static bool hit;
static char hit_words[512];
static char ends[1024];
static bool timed_out;

// A process or a thread that is traced.
struct tracee {
    pid_t id;
    pid_t group;
    bool runs_program;
    char role[16];
};
static struct tracee tracees[4096];
static int tracee_count;

static struct tracee *find(pid_t id) {
    for (int i = 0; i < tracee_count; i++) {
        if (tracees[i].id == id) return &tracees[i];
    }
    return NULL;
}

static pid_t leader_of(pid_t id) {
    char path[64], line[128];
    pid_t leader = id;
    snprintf(path, sizeof path, "/proc/%d/status", id);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "Tgid: %d", &leader) == 1) break;
    }
    if (file != NULL) fclose(file);
    return leader;
}

static void look_at(struct tracee *tracee) {
    char path[64], target[4096], line[256];
    snprintf(path, sizeof path, "/proc/%d/exe", tracee->id);
    ssize_t length = readlink(path, target, sizeof target - 1);
    target[length < 0 ? 0 : length] = 0;
    tracee->runs_program = program == NULL || strcmp(target, program) == 0;
    const char *name = strrchr(target, '/');
    snprintf(tracee->role, sizeof tracee->role, "%s", name == NULL ? target : name + 1);
    if (!tracee->runs_program) return;
    if (first_of_program == 0) first_of_program = tracee->group;
    snprintf(path, sizeof path, "/proc/%d/cmdline", tracee->id);
    int file = open(path, O_RDONLY);
    length = file < 0 ? 0 : read(file, line, sizeof line - 1);
    if (file >= 0) close(file);
    line[length < 0 ? 0 : length] = 0;
    size_t first = strlen(line) + 1;
    if ((ssize_t)first < length) snprintf(tracee->role, sizeof tracee->role, "%s", line + first);
}

static struct tracee *add(pid_t id) {
    struct tracee *tracee = find(id);
    if (tracee != NULL) return tracee;
    if (tracee_count == sizeof tracees / sizeof *tracees) exit(125);
    tracee = &tracees[tracee_count++];
    tracee->id = id;
    tracee->group = leader_of(id);
    look_at(tracee);
    return tracee;
}

static void forget(pid_t id) {
    struct tracee *tracee = find(id);
    if (tracee != NULL) *tracee = tracees[--tracee_count];
}

// Text at an address of a tracee; what cannot be printed becomes a dot.
static void text_of(pid_t id, unsigned long address, char *text, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", id);
    int file = open(path, O_RDONLY);
    ssize_t length = file < 0 ? -1 : pread(file, text, size - 1, (off_t)address);
    if (file >= 0) close(file);
    text[length < 0 ? 0 : length] = 0;
    for (char *each = text; *each != 0; each++) {
        if (*each < ' ' || *each > '~') *each = '.';
    }
}

static void describe(const struct tracee *tracee, const struct call *call, const unsigned long *arguments, char *words, size_t size) {
    char text[256] = "";
    if (call->path >= 0) {
        text_of(tracee->id, arguments[call->path], text, sizeof text);
    } else if (call->number != SYS_mmap && call->number != SYS_clone3 && call->number != SYS_prctl) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/fd/%d", tracee->id, (int)arguments[0]);
        ssize_t length = readlink(path, text, sizeof text - 1);
        text[length < 0 ? 0 : length] = 0;
    }
    snprintf(words, size, "%s %s %s", tracee->role, call->name, text);
}

// Wake-ups between the threads of a process change nothing.
static bool is_trifle(const struct tracee *tracee, const struct call *call, const unsigned long *arguments) {
    char path[64], target[64];
    if (call->number != SYS_write) return false;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", tracee->id, (int)arguments[0]);
    ssize_t length = readlink(path, target, sizeof target - 1);
    target[length < 0 ? 0 : length] = 0;
    return strncmp(target, "anon_inode", 10) == 0;
}

static void send_signal(const struct tracee *tracee) {
    if (strcmp(to, "group") == 0) {
        kill(-command, signal_number);
    } else if (strcmp(to, "main") == 0) {
        kill(first_of_program, signal_number);
    } else if (strcmp(to, "process") == 0) {
        kill(tracee->group, signal_number);
    } else {
        for (int i = 0; i < tracee_count; i++) {
            if (tracees[i].runs_program) kill(tracees[i].group, signal_number);
        }
    }
}

// A counted call is about to be made.
static void at_call(struct tracee *tracee) {
    struct user_regs_struct registers;
    if (!tracee->runs_program) return;
    if (ptrace(PTRACE_GETREGS, tracee->id, 0, &registers) != 0) return;
    const struct call *call = NULL;
    for (size_t i = 0; i < CALLS; i++) {
        if (counted[i] && calls[i].number == (long)registers.orig_rax) call = &calls[i];
    }
    if (call == NULL) return;
    unsigned long arguments[] = {registers.rdi, registers.rsi, registers.rdx, registers.r10, registers.r8, registers.r9};
    if (is_trifle(tracee, call, arguments)) return;
    points++;
    char words[512] = "";
    bool acts = at > 0 && points >= at && points < at + times;
    if (acts || list != NULL) describe(tracee, call, arguments, words, sizeof words);
    if (list != NULL) fprintf(list, "%ld %s\n", points, words);
    if (!acts) return;
    if (!hit) snprintf(hit_words, sizeof hit_words, "%s", words);
    hit = true;
    if (error_number != 0) {
        registers.orig_rax = (unsigned long)-1;
        registers.rax = (unsigned long)-error_number;
        ptrace(PTRACE_SETREGS, tracee->id, 0, &registers);
    } else if (signal_number != 0) {
        send_signal(tracee);
    }
}

static void start(char **command) {
    struct sock_filter filter[2 * CALLS + 2];
    unsigned short length = 0;
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < CALLS; i++) {
        if (!counted[i]) continue;
        filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i].number, 0, 1);
        filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    }
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog rules = {.len = length, .filter = filter};
    if (!untraced) {
        setsid();
        raise(SIGSTOP);
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rules) != 0) _exit(126);
    execvp(command[0], command);
    _exit(127);
}

// How a process of the program ended: `main` is the first of them.
static void note_end(const struct tracee *tracee, int status) {
    if (tracee == NULL || tracee->id != tracee->group || !tracee->runs_program) return;
    if (WIFEXITED(status) && tracee->group != first_of_program) return;
    size_t used = strlen(ends);
    snprintf(ends + used, sizeof ends - used, "%s %s %d\n", WIFEXITED(status) ? "exit" : "death",
        tracee->group == first_of_program ? "main" : tracee->role, WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

static void report(int status) {
    FILE *file = report_path == NULL ? NULL : fopen(report_path, "w");
    if (file == NULL) return;
    fprintf(file, "points %ld\nhit %s\n", points, hit ? hit_words : "-");
    fprintf(file, "status %d\n%s", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), ends);
    if (timed_out) fprintf(file, "timeout\n");
    for (int i = 0; i < tracee_count; i++) {
        if (tracees[i].id == tracees[i].group) fprintf(file, "left %s\n", tracees[i].role);
    }
    fclose(file);
}

static void end_all(void) {
    for (int i = 0; i < tracee_count; i++) kill(tracees[i].group, SIGKILL);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void on_alarm(int number) { (void)number; }

static int watch(void) {
    const long options = PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC
        | PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL;
    int status, ending = 0;
    bool ended = false;
    double deadline = now() + patience;
    waitpid(command, &status, WUNTRACED);
    if (ptrace(PTRACE_SEIZE, command, 0, options) != 0) exit(125);
    add(command);
    kill(command, SIGCONT);
    while (tracee_count > 0) {
        pid_t id = waitpid(-1, &status, __WALL);
        if (id < 0 && errno == EINTR) {
            if (now() < deadline) continue;
            timed_out = !ended;
            report(ending);
            end_all();
            if (!ended) ending = SIGKILL;
            while (waitpid(-1, &status, __WALL) > 0 || errno == EINTR) end_all();
            return ending;
        }
        if (id < 0) break;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            note_end(find(id), status);
            forget(id);
            if (id == command) {
                ending = status;
                ended = true;
                // What is left has this long to end by itself.
                if (deadline > now() + 6) deadline = now() + 6;
            }
            continue;
        }
        struct tracee *tracee = add(id);
        int number = WSTOPSIG(status), event = status >> 16;
        if (event == PTRACE_EVENT_SECCOMP) {
            at_call(tracee);
            ptrace(PTRACE_CONT, id, 0, 0);
        } else if (event == PTRACE_EVENT_EXEC) {
            look_at(tracee);
            ptrace(PTRACE_CONT, id, 0, 0);
        } else if (event == PTRACE_EVENT_STOP) {
            bool stops = number == SIGSTOP || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
            ptrace(stops ? PTRACE_LISTEN : PTRACE_CONT, id, 0, 0);
        } else if (event != 0) {
            ptrace(PTRACE_CONT, id, 0, 0);
        } else {
            ptrace(PTRACE_CONT, id, 0, number);
        }
    }
    report(ending);
    return ending;
}

static void choose(char *names) {
    for (char *name = strtok(names, ","); name != NULL; name = strtok(NULL, ",")) {
        bool known = false;
        for (size_t i = 0; i < CALLS; i++) {
            if (strcmp(name, "changes") == 0 ? calls[i].changes : strcmp(name, calls[i].name) == 0) {
                counted[i] = known = true;
            }
        }
        if (!known) {
            fprintf(stderr, "no call is named %s\n", name);
            exit(125);
        }
    }
}

int main(int count, char **words) {
    int i = 1;
    for (; i + 1 < count && strcmp(words[i], "--") != 0; i += 2) {
        char *option = words[i], *value = words[i + 1];
        if (strcmp(option, "--program") == 0) program = realpath(value, NULL);
        else if (strcmp(option, "--calls") == 0) choose(value);
        else if (strcmp(option, "--at") == 0) at = atol(value);
        else if (strcmp(option, "--error") == 0) error_number = atoi(value);
        else if (strcmp(option, "--signal") == 0) signal_number = atoi(value);
        else if (strcmp(option, "--to") == 0) to = value;
        else if (strcmp(option, "--times") == 0) times = atoi(value);
        else if (strcmp(option, "--patience") == 0) patience = atoi(value);
        else if (strcmp(option, "--list") == 0) list = fopen(value, "we");
        else if (strcmp(option, "--report") == 0) report_path = value;
        else if (strcmp(option, "--untraced") == 0) untraced = true;
        else return 125;
    }
    if (i + 1 >= count) return 125;
    command = untraced ? 0 : fork();
    if (command == 0) {
        start(words + i + 1);
    }
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    struct itimerspec every = {.it_interval = {.tv_nsec = 100000000}, .it_value = {.tv_nsec = 100000000}};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    timer_settime(timer, 0, &every, NULL);
    int status = watch();
    if (list != NULL) fclose(list);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
