// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is compiled with: Swift 6, nothing implicit, no warning left standing.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "hooks",
    products: [.executable(name: "hooks", targets: ["hooks"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        // What the operating system and libgit2 offer.
        .target(
            name: "CGit2",
            linkerSettings: ["git2", "mbedcrypto", "http_parser", "pcre2-8", "z"].map {
                .linkedLibrary($0)
            }),
        .target(name: "CLinux"),
        .target(name: "CYaml", linkerSettings: [.linkedLibrary("yaml")]),
        // The library itself comes with libgit2, which needs it.
        .target(name: "CRegex"),
        .target(
            name: "Git", dependencies: ["CGit2", "Reporting", system],
            swiftSettings: strict + [.strictMemorySafety()]),
        .target(
            name: "Files", dependencies: ["CLinux", "Reporting", system], swiftSettings: strict),
        .target(
            name: "Spawn", dependencies: ["CLinux", "Files", "Reporting", system],
            swiftSettings: strict),

        .target(
            name: "Warm", dependencies: ["CLinux", "Files", "Spawn", system],
            resources: ["interpreter", "server", "processes", "leader", "tool"].map {
                .embedInCode("Server/\($0).py")
            },
            swiftSettings: strict),

        // What is said, and what is known.
        .target(name: "Reporting", dependencies: [system], swiftSettings: strict),
        .target(name: "Checks", dependencies: ["CLinux"], swiftSettings: strict),
        .target(
            name: "Tools", dependencies: ["Files", "Reporting", "Spawn", system],
            resources: [
                .embedInCode("Scripts/api.py"),
                .embedInCode("Scripts/calls.py"),
                .embedInCode("Scripts/check-node.js"),
                .embedInCode("Scripts/compile-python.py"),
                .embedInCode("Scripts/coverage.py"),
                .embedInCode("Scripts/dependencies.py"),
                .embedInCode("Scripts/imports.py"),
            ],
            swiftSettings: strict),
        .target(
            name: "Configuration", dependencies: ["CRegex", "Reporting", "TOMLKit", system],
            swiftSettings: strict),

        // The way of the data.
        .target(
            name: "Results", dependencies: ["Files", "Git", system], swiftSettings: strict),
        .target(
            name: "Staging", dependencies: ["Files", "Git", "Reporting", "Spawn", system],
            swiftSettings: strict),
        .target(
            name: "Engine",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "Reporting", "Results", "Spawn",
                "Staging", "Tools", "Warm",
                system,
            ],
            swiftSettings: strict),
        .target(
            name: "Installation", dependencies: ["Files", "Git", "Reporting", system],
            resources: [
                .embedInCode("Scripts/pre-commit"),
                .embedInCode("Scripts/pre-merge-commit"),
                .embedInCode("Scripts/commit-msg"),
                .embedInCode("Scripts/pre-push"),
                .embedInCode("Scripts/reference-transaction"),
                .embedInCode("Scripts/post-checkout"),
                .embedInCode("Scripts/post-merge"),
            ],
            swiftSettings: strict),
        .target(
            name: "Adoption",
            dependencies: [
                "CYaml", "Configuration", "Engine", "Files", "Git", "Installation", "Reporting",
                "Spawn",
                "Staging",
                "Tools", system,
            ],
            swiftSettings: strict),
        .target(
            name: "Pipeline",
            dependencies: [
                "Configuration", "Engine", "Files", "Git", "Reporting", "Results", "Spawn",
                "Staging", "Tools",
                system,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "hooks",
            dependencies: [
                "Adoption", "Configuration", "Engine", "Files", "Git", "Installation", "Pipeline",
                "Reporting", "Spawn",
                "Staging", "Tools", "Warm",
                arguments, system,
            ],
            swiftSettings: strict,
            linkerSettings: [
                .unsafeFlags(
                    ["-static-executable", "-l_FoundationCollections", "-l_FoundationCShims"],
                    .when(configuration: .release))
            ]),

        .testTarget(
            name: "ResultsTests", dependencies: ["Git", "Results", "TestSupport", system],
            path: "Tests/Unit/Results",
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", system],
            path: "Tests/Unit/Reporting", swiftSettings: strict),
        .testTarget(
            name: "ChecksTests", dependencies: ["Checks", "TestSupport"], path: "Tests/Unit/Checks",
            exclude: ["Corpus/real.py"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "Reporting"],
            path: "Tests/Unit/Configuration",
            swiftSettings: strict),
        .testTarget(
            name: "FilesTests", dependencies: ["Files", "TestSupport", system],
            path: "Tests/Unit/Files",
            swiftSettings: strict),
        .testTarget(
            name: "GitTests", dependencies: ["Git", "TestSupport", system], path: "Tests/Unit/Git",
            swiftSettings: strict),
        .testTarget(
            name: "StagingTests",
            dependencies: ["Files", "Git", "Spawn", "Staging", "TestSupport", system],
            path: "Tests/Unit/Staging",
            swiftSettings: strict),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Configuration", "Git", "Pipeline", "Results", "Spawn", "TestSupport", system,
            ], path: "Tests/Unit/Pipeline",
            swiftSettings: strict),
        .testTarget(
            name: "EngineTests", dependencies: ["Engine", "TestSupport", "Tools"],
            path: "Tests/Unit/Engine",
            exclude: ["identify_all.py"],
            swiftSettings: strict),
        // Real git, the real program.
        .testTarget(
            name: "ScenarioTests", dependencies: ["TestSupport", subprocess, system],
            path: "Tests/Scenarios/Harness",
            swiftSettings: strict),
        .testTarget(
            name: "AdoptionTests", dependencies: ["Adoption", "Configuration", "TestSupport"],
            path: "Tests/Unit/Adoption",
            swiftSettings: strict),
        .testTarget(
            name: "SpawnTests", dependencies: ["TestSupport"], path: "Tests/Unit/Spawn",
            swiftSettings: strict),
        .testTarget(
            name: "WarmTests",
            dependencies: ["Files", "Spawn", "TestSupport", "Tools", "Warm", system],
            path: "Tests/Unit/Warm",
            swiftSettings: strict),
        .testTarget(
            name: "RealCodeTests", dependencies: ["TestSupport"], path: "Tests/Peers/RealCode",
            swiftSettings: strict),
        // What a bad day does: faults at every system call, random repositories, hostile bytes.
        .testTarget(
            name: "TrustTests",
            dependencies: ["Doors", "FaultTracer", "TestSupport", system],
            path: "Tests/Trust/Tests",
            swiftSettings: strict),
        .executableTarget(name: "FaultTracer", path: "Tests/Trust/Tracer"),
        // Where bytes of others come in.
        .target(
            name: "Doors",
            dependencies: [
                "Adoption", "Checks", "Configuration", "Engine", "Files", "Git", "Reporting",
                "Results", "Spawn", "Staging", "TestSupport", "Tools", "Warm", system,
            ],
            path: "Tests/Trust/Doors", exclude: ["Found", "Remembered"], swiftSettings: strict),
        // Lets a fuzzer, or files that one has found, in through the doors; see Tests/bin/fuzz.
        .executableTarget(
            name: "Fuzz", dependencies: ["Doors"], path: "Tests/Trust/Fuzz", swiftSettings: strict),
        // What several of them need: scratch folders, and where the program is.
        .target(name: "TestSupport", path: "Tests/Support/TestSupport", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
