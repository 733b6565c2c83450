import Glibc
import TestSupport
import Testing

/// Calls by what can go wrong with them.
private enum Calls {
    static let changes = "changes"
    static let writes = "write,pwrite64,writev,sendto"
    static let names =
        "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,symlinkat,fchmod"
    static let opens = "open,openat"
    static let descriptors = "open,openat,pipe2,socketpair,fcntl"
    static let processes = "fork,vfork,clone,clone3"
}

private func campaign(
    _ subject: String, _ title: String, _ calls: String, _ fault: [String], signal: Int32? = nil,
    every step: Int
) -> Campaign {
    Campaign(
        subject: subject, title: title, options: ["--calls", calls] + fault, signal: signal,
        step: step)
}

private func errors(of subject: String, every step: Int) -> [Campaign] {
    let faults: [(String, String, Int32)] = [
        ("ENOSPC when it writes", Calls.writes, ENOSPC),
        ("ENOSPC when it makes a name", "mkdir,mkdirat,link,linkat,symlinkat", ENOSPC),
        ("EINTR when it writes", Calls.writes, EINTR),
        ("EIO when it writes", Calls.writes, EIO),
        ("EIO when it reads", "read", EIO),
        ("EINTR when it reads", "read", EINTR),
        ("EIO when it changes names", Calls.names, EIO),
        ("EACCES when it changes names", Calls.names, EACCES),
        ("EACCES when it opens", Calls.opens, EACCES),
        ("EINTR when it opens", Calls.opens, EINTR),
        ("EIO when it opens", Calls.opens, EIO),
        ("EMFILE", Calls.descriptors, EMFILE),
        ("EAGAIN when it forks", Calls.processes, EAGAIN),
        ("ENOMEM when it forks", Calls.processes, ENOMEM),
        ("ENOMEM when it maps memory", "mmap", ENOMEM),
        ("EIO when it syncs", "fsync,fdatasync", EIO),
    ]
    return faults.map { title, calls, number in
        let isSeldom = calls == Calls.processes || calls == "mmap" || calls.hasPrefix("fsync")
        let isOften = calls == Calls.opens || calls == Calls.descriptors || calls == "read"
        return campaign(
            subject, title, calls, ["--error", String(number)],
            every: isSeldom
                ? max(1, step / 4)
                : isOften ? step * 3 : calls == Calls.writes ? max(1, step / 2) : step)
    }
}

private func signals(of subject: String, every step: Int) -> [Campaign] {
    let kinds: [(String, Int32)] = [("Ctrl-C", SIGINT), ("SIGTERM", SIGTERM), ("SIGHUP", SIGHUP)]
    return kinds.flatMap { name, number in
        [("main", "to the process"), ("group", "to the group")].flatMap { target, words in
            [(1, "once"), (2, "twice")].map { times, often in
                campaign(
                    subject, "\(name) \(words) \(often)", Calls.changes,
                    ["--to", target, "--times", String(times)], signal: number, every: step)
            }
        }
    }
}

/// Something that a file system, a kernel or a container lacks for good, and what then happens.
private struct Lack {
    let title: String
    let calls: String
    let error: Int32
    /// What does its work all the same; nothing else is asked to, but to refuse with the reason.
    var works: [String] = []
    var refuses: [String] = []

    var campaigns: [Campaign] {
        [(works, Campaign.Lasting.worked), (refuses, .refused)].flatMap { subjects, meaning in
            subjects.map { subject in
                Campaign(
                    subject: subject, title: title,
                    options: ["--calls", calls, "--error", String(error), "--times", "1000000000"],
                    lasting: meaning)
            }
        }
    }

    static let all: [Lack] = {
        let links = "link,linkat,symlink,symlinkat"
        let mounts = "unshare,mount,mount_setattr"
        let runs = ["commit", "push", "stage"]
        let all = runs + ["install"]
        return [
            Lack(
                title: "without links, as on FAT", calls: links, error: EPERM,
                works: ["install", "push"], refuses: ["commit"]),
            Lack(
                title: "without links, as on FUSE", calls: links, error: ENOSYS,
                works: ["install", "push"], refuses: ["commit"]),
            Lack(
                title: "without a second name for files", calls: "link,linkat", error: EPERM,
                works: ["commit", "commit-path", "install"]),
            Lack(
                title: "without swapping names", calls: "renameat2", error: EINVAL,
                works: ["commit", "commit-path"]),
            Lack(title: "without renameat2", calls: "renameat2", error: ENOSYS, works: ["commit"]),
            Lack(title: "without mount namespaces", calls: mounts, error: EPERM, works: runs),
            Lack(
                title: "without any confinement", calls: mounts + ",landlock_create_ruleset",
                error: ENOSYS, works: runs),
            Lack(title: "without locks of files", calls: "flock", error: ENOLCK, refuses: runs),
            Lack(
                title: "without permissions", calls: "fchmod,fchmodat,chmod", error: EPERM,
                refuses: all),
            Lack(title: "without owners", calls: "fchown", error: EPERM, works: ["commit"]),
            Lack(title: "without times", calls: "utimensat", error: EPERM, works: ["commit"]),
            Lack(
                title: "without fsync", calls: "fsync,fdatasync", error: EINVAL, works: ["commit"]),
            Lack(title: "without clone3", calls: "clone3", error: ENOSYS, works: runs),
            Lack(title: "without pidfd_open", calls: "pidfd_open", error: ENOSYS, works: runs),
            Lack(title: "without close_range", calls: "close_range", error: ENOSYS, works: runs),
            Lack(title: "without prctl", calls: "prctl", error: EPERM, works: runs),
            Lack(title: "without priorities", calls: "setpriority", error: EACCES, works: runs),
            Lack(title: "without limits", calls: "prlimit64", error: EPERM, works: all),
            Lack(
                title: "without knowing the cores", calls: "sched_getaffinity", error: ENOSYS,
                works: all),
            Lack(title: "without random numbers", calls: "getrandom", error: ENOSYS, works: all),
        ]
    }()
}

/// In the short mode one in six: what has to be prepared for them takes longest.
private func few(_ campaigns: [Campaign]) -> [Campaign] {
    campaigns.indices.filter { Tested.isLong || $0 % 6 == 0 }.map { campaigns[$0] }
}

private let kill = ["--signal", String(SIGKILL)]

/// The program is not hooks, but what it starts to keep a tool ready.
private let python = ["--program", "/usr/bin/python3"]

private let campaigns =
    [
        campaign("commit", "killed", Calls.changes, kill, every: 5),
        campaign("commit-path", "killed", Calls.changes, kill, every: 7),
        campaign("push", "killed", Calls.changes, kill, every: 7),
        campaign("stage", "killed", Calls.changes, kill, every: 8),
        campaign("install", "killed", Calls.changes, kill, every: 4),
        campaign("uninstall", "killed", Calls.changes, kill, every: 2),
        campaign("sync", "killed", Calls.changes, kill, every: 9),
        campaign("warm", "killed", Calls.changes, kill, every: 9),
        campaign("server", "killed", Calls.changes, kill + python, every: 4),
    ] + errors(of: "commit", every: 12) + errors(of: "push", every: 20)
    + few(errors(of: "stage", every: 30)) + errors(of: "install", every: 20)
    + errors(of: "uninstall", every: 20)
    + few(errors(of: "sync", every: 40)) + few(signals(of: "sync", every: 40))
    + few(errors(of: "warm", every: 40)) + few(signals(of: "warm", every: 40))
    + few(errors(of: "server", every: 20)).map { $0.with(python) }
    + signals(of: "commit", every: 45) + signals(of: "push", every: 40)
    + Lack.all.flatMap(\.campaigns)

/// `HOOKS_TEST_FAULTS=push|sync, killed` chooses those with one of these words in their names.
private let chosen: [Campaign] = {
    let words = (Tested.faults ?? "").split(separator: "|")
    return words.isEmpty
        ? campaigns
        : campaigns.filter { each in words.contains { each.testDescription.contains($0) } }
}()

@Test("fault", .inTurn, arguments: chosen)
func faultLosesNothingAndBlocksNothing(_ campaign: Campaign) throws {
    let result = try campaign.run()
    Tally.count(
        "faults: \(campaign.testDescription)", tried: result.tried, held: result.survived)
    for complaint in result.complaints { Issue.record("\(campaign) \(complaint)") }
}
