extension Catalogue {
    /// https://clang.llvm.org/docs/ClangFormat.html: 0 whether it changed something or not, 1 for a
    /// wrong configuration.
    static let clangFormat = Tool(
        name: "clang-format",
        summary: "Formats C, C++, Objective-C, CUDA and protocol buffers.",
        tested: "23.1.5",
        arguments: ["-i"],
        types: ["c", "c++", "cuda", "objective-c", "proto"],
        fixes: true,
        configuration: [.init(".clang-format"), .init("_clang-format")],
        exits: [0: .fine],
        examples: [
            .init("loose.c", "int  main( ){}\n", .becomes("int main() {}\n")),
            .init("right.c", "int main() {}\n", .passes),
        ])
}
