internal import Checks

/// Checks that XML files are well-formed.
struct CheckXML: PythonCheck {
    static let name = "check-xml"
    static let summary = "Checks that XML files are well-formed."
    static let standsFor: String? = "check-xml"
    static let types = ["xml"]
    static let examples = [
        Example(
            "a syntax error is found", path: "a.xml", text: "<a>\n</b>\n",
            .finds([Finding(line: 2, message: "mismatched tag")])),
        Example("a file that can be parsed passes", path: "a.xml", text: "<a><b/></a>\n", .passes),
    ]
    static let script = """
        import xml.sax, xml.sax.handler

        def check(content, options):
            try:
                xml.sax.parseString(content, xml.sax.handler.ContentHandler())
            except xml.sax.SAXParseException as error:
                yield error.getLineNumber() or 0, error.getMessage()
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
