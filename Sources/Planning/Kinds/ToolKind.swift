internal import Configuration
package import Notation
package import Tools

/// A tool of the catalogue.
package struct ToolKind: JobKind {
    package let catalogued: Tool

    package init(_ tool: Tool) { catalogued = tool }

    package var subject: JobSubject { .content }
    package var isExternal: Bool { true }
    package var tool: Tool? { catalogued }

    package func replacing(with words: Words) -> any JobKind {
        var tool = catalogued
        tool.arguments = words.leading + words.trailing
        // Its own words alone.
        if case .within = tool.form { tool.form = .program }
        return ToolKind(tool)
    }
}
