extension Catalogue {
    /// https://github.com/rust-lang/rustfmt: 0 whether it changed something or not, 1 for a file
    /// that it cannot parse. It comes with Rust. It formats the modules that a file declares too,
    /// and fails where these would change without being staged.
    static let rustfmt = Tool(
        name: "rustfmt",
        summary: "Formats Rust code.",
        package: "",
        arguments: ["--edition", "2021", "--color", "never"],
        types: ["rust"],
        fixes: true,
        configuration: [.init("rustfmt.toml"), .init(".rustfmt.toml")],
        exits: [0: .fine, 1: .findings],
        examples: [
            .init("loose.rs", "fn main(){}\n", .becomes("fn main() {}\n")),
            .init("broken.rs", "fn main( {}\n", .finds("broken.rs:1")),
        ])
}
