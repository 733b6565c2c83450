import ArgumentParser

/// `hooks tools`
struct ToolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools", abstract: "Show the tool servers that run, or end them.",
        subcommands: [Servers.self, Stop.self], defaultSubcommand: Servers.self)
}
