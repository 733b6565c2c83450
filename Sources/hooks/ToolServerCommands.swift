import ArgumentParser
internal import Planning
internal import Programs
import Reporting
import SystemPackage
import Warm

extension ToolsCommand {
    /// `hooks tools servers`
    struct Servers: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "servers",
            abstract: "Show the tool servers, processes that keep Python tools ready.")

        @OptionGroup var options: Options

        func run() throws {
            try options.run { context in
                let listing = ServerListing(context)
                context.renderer.handle(.answer(listing))
                let message = listing.isEmpty ? "no tool server is running" : ""
                context.renderer.handle(.ended(Summary(message: message, exitStatus: .fine)))
                return .fine
            }
        }
    }

    /// `hooks tools stop`
    struct Stop: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop",
            abstract: "Stop the tool servers, processes that keep Python tools ready.",
            discussion: "The next commit starts the servers that it can use.")

        @OptionGroup var options: Options

        func run() throws {
            try options.run { context in
                let count = context.servers.stop()
                let message =
                    count == 0
                    ? "no tool server is running"
                    : "\(count) tool \(count == 1 ? "server" : "servers") stopped"
                context.renderer.handle(.ended(Summary(message: message, exitStatus: .fine)))
                return .fine
            }
        }
    }
}
