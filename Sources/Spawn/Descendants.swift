internal import Files
package import Glibc
internal import SystemPackage

/// The processes that this one started, and those that they started, from `/proc`.
func descendants() -> [pid_t] {
    var parents: [pid_t: pid_t] = [:]
    guard let folder = try? Folder(opening: "/proc"), let names = try? folder.names() else {
        return []
    }
    for name in names {
        guard let process = pid_t(name.string), let parent = parentOfProcess(process) else {
            continue
        }
        parents[process] = parent
    }
    let own = getpid()
    return parents.keys.sorted().filter { process in
        var ancestor = parents[process]
        for _ in 0..<parents.count {
            guard let current = ancestor, current != own else { break }
            ancestor = parents[current]
        }
        return ancestor == own
    }
}

/// The fourth field of `/proc/PID/stat`.
private func parentOfProcess(_ process: pid_t) -> pid_t? {
    let fields = fieldsOfProcess(process)
    return fields.count > 1 ? pid_t(fields[1]) : nil
}

/// The fields of `/proc/PID/stat` from the third on; the second, the name, may hold spaces and
/// parentheses.
private func fieldsOfProcess(_ process: pid_t) -> [String] {
    guard let line = (try? contents(of: FilePath("/proc/\(process)/stat"))) ?? nil,
        let end = line.lastIndex(of: UInt8(ascii: ")"))
    else { return [] }
    return line[line.index(after: end)...].split(separator: UInt8(ascii: " ")).prefix(4).map {
        String(decoding: $0, as: UTF8.self)
    }
}

/// Kills the processes whose guard was killed: children of this process that are not guards, and
/// the processes that they started.
func endOrphans() {
    let guardWord = Array("\0guard\0".utf8)
    func line(_ process: pid_t) -> [UInt8]? {
        (try? contents(of: FilePath("/proc/\(process)/cmdline"))) ?? nil
    }
    let own = line(getpid())
    func isGuard(_ process: pid_t) -> Bool {
        // A process that is just being started still has the arguments of this process.
        let words = line(process)
        return words == own || words?.firstRange(of: guardWord) != nil
    }
    let parents = Dictionary(
        uniqueKeysWithValues: descendants().map { ($0, parentOfProcess($0) ?? 0) })
    for process in parents.keys {
        var top = process
        for _ in 0..<parents.count {
            guard let parent = parents[top], parent != getpid(), parents[parent] != nil else {
                break
            }
            top = parent
        }
        if !isGuard(top) { kill(process, SIGKILL) }
    }
}

/// Kills every process of a session, except its leader.
package func killSession(_ leader: pid_t) {
    guard let folder = try? Folder(opening: "/proc"), let names = try? folder.names() else {
        return
    }
    for name in names {
        // The sixth field of `/proc/PID/stat`; the kernel refuses processes of other users.
        guard let process = pid_t(name.string), process != leader,
            fieldsOfProcess(process).dropFirst(3).first == "\(leader)"
        else { continue }
        kill(process, SIGKILL)
    }
}

/// The name that `ps` shows.
func nameOfProcess(_ process: pid_t) -> String {
    guard let name = (try? contents(of: FilePath("/proc/\(process)/comm"))) ?? nil else {
        return "a process"
    }
    return String(decoding: name.filter { $0 >= 0x20 }, as: UTF8.self)
}
