import Glibc
import Reporting
import Spawn
import Staging
import SystemPackage

// A broken pipe is an error of one write, not the end of this process; children get the default
// back.
signal(SIGPIPE, SIG_IGN)

// A standard stream that was closed would be the next file to be opened, and take what is printed.
while case let opened = open("/dev/null", O_RDWR), opened >= 0 {
    if opened > STDERR_FILENO {
        close(opened)
        break
    }
}

// What git and hooks itself call comes first: it needs no command line parser.
let words = CommandLine.arguments
// Swift finds them by way of /proc. Without them a hook must not be taken for a call for help, which
// ends well.
if words.isEmpty {
    let text = "error: cannot read the command line: \(Errno(rawValue: errno))\n"
    write(STDERR_FILENO, text, text.utf8.count)
    exit(ExitStatus.broken.code)
}
switch words.dropFirst().first {
case "hook": exit(HookCommand.main(Array(words.dropFirst(2))))
case "guard": exit(Guard(arguments: rawArguments(after: 2))?.stand() ?? 2)
case "index": exit(IndexCommand.main())
case "work": exit(WorkCommand.main(Array(words.dropFirst(2))))
default: Hooks.main()
}

/// The words of the command line as bytes, which need not be text.
func rawArguments(after count: Int) -> [[UInt8]] {
    (0..<Int(CommandLine.argc)).dropFirst(count).compactMap { position in
        CommandLine.unsafeArgv[position].map { word in
            Array(
                UnsafeBufferPointer(start: word, count: strlen(word)).map(UInt8.init(bitPattern:)))
        }
    }
}
