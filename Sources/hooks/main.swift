import Glibc
import Reporting
import Spawn
import Staging
import SystemPackage

// A broken pipe is an error of one write, not the end of this process; children get the default
// back.
signal(SIGPIPE, SIG_IGN)

// The next opened file would replace a closed standard stream, and receive the output.
while case let opened = open("/dev/null", O_RDWR), opened >= 0 {
    if opened > STDERR_FILENO {
        close(opened)
        break
    }
}

// Commands for git and for hooks itself come first: they need no command line parser.
let words = CommandLine.arguments
// Swift reads the arguments from /proc. Without them a hook must not be taken for a call of the
// help, which succeeds.
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

/// The arguments of the command line as bytes, which need not be UTF-8.
func rawArguments(after count: Int) -> [[UInt8]] {
    (0..<Int(CommandLine.argc)).dropFirst(count).compactMap { position in
        CommandLine.unsafeArgv[position].map { word in
            Array(
                UnsafeBufferPointer(start: word, count: strlen(word)).map(UInt8.init(bitPattern:)))
        }
    }
}
