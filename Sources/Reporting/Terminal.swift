import Glibc
package import SystemPackage

/// The values of `--color`.
package enum ColorChoice: String, CaseIterable, Sendable {
    /// Colours on a terminal that has them, unless the environment says otherwise.
    case auto
    case always
    case never
}

/// The properties of an output stream, which may be a terminal, a file or a pipe.
package struct Terminal: Equatable, Sendable {
    package var isTerminal: Bool
    /// Whether the cursor can be moved: false for `TERM=dumb` or no `TERM`, as in git.
    package var movesCursor: Bool
    package var columns: Int
    package var rows: Int
    package var color: Bool

    package init(
        isTerminal: Bool = false, movesCursor: Bool = true, columns: Int = 80, rows: Int = 24,
        color: Bool = false
    ) {
        self.isTerminal = isTerminal
        self.movesCursor = movesCursor
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        self.color = color
    }

    /// Queries an open descriptor with `isatty(3)` and `TIOCGWINSZ`; 80 by 24 if the size is
    /// unknown.
    package init(
        descriptor: FileDescriptor, color choice: ColorChoice, environment: [String: String]
    ) {
        let isTerminal = isatty(descriptor.rawValue) == 1
        let kind = environment["TERM"] ?? ""
        let size = Terminal.size(of: descriptor) ?? (80, 24)
        self.init(
            isTerminal: isTerminal, movesCursor: !kind.isEmpty && kind != "dumb",
            columns: size.columns, rows: size.rows,
            color: Terminal.color(choice, isTerminal: isTerminal, environment: environment))
    }

    /// Whether lines can be redrawn in place: a terminal that moves its cursor and is at least 40
    /// columns wide.
    package var isLive: Bool { isTerminal && movesCursor && columns >= 40 && rows >= 4 }

    /// Whether to use colour; the option overrides `NO_COLOR`, which overrides `CLICOLOR_FORCE`,
    /// which overrides the terminal.
    package static func color(
        _ choice: ColorChoice, isTerminal: Bool, environment: [String: String]
    ) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if let forbidden = environment["NO_COLOR"], !forbidden.isEmpty { return false }
        if let forced = environment["CLICOLOR_FORCE"], !forced.isEmpty, forced != "0" {
            return true
        }
        let kind = environment["TERM"] ?? ""
        return isTerminal && !kind.isEmpty && kind != "dumb"
    }

    /// The size of the window now, or nil for a descriptor that has none or does not know it.
    static func size(of descriptor: FileDescriptor) -> (columns: Int, rows: Int)? {
        var window = winsize()
        guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0,
            window.ws_row > 0
        else { return nil }
        return (Int(window.ws_col), Int(window.ws_row))
    }
}
