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
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
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
            name: "Git", dependencies: ["CGit2", "Reporting", "Spawn", system],
            swiftSettings: strict + [.strictMemorySafety()]),
        .target(
            name: "Files", dependencies: ["CLinux", "Reporting", system], swiftSettings: strict),
        .target(
            name: "Spawn", dependencies: ["CLinux", "Files", "Reporting", system],
            swiftSettings: strict),

        .target(
            name: "Warm", dependencies: ["CLinux", "Files", "Spawn", system],
            resources: [.embedInCode("Server")],
            swiftSettings: strict),

        // What is said, and what is known.
        .target(name: "Reporting", dependencies: [system], swiftSettings: strict),
        .target(name: "Checks", dependencies: ["CLinux"], swiftSettings: strict),
        .target(
            name: "Tools",
            dependencies: ["Configuration", "Files", "Reporting", "Spawn", system],
            resources: [.embedInCode("Scripts")],
            swiftSettings: strict),
        .target(
            name: "Configuration",
            dependencies: ["CRegex", "Git", "Reporting", "TOMLKit", system],
            swiftSettings: strict),

        // The way of the data.
        .target(
            name: "Staging", dependencies: ["Files", "Git", "Reporting", "Spawn", system],
            swiftSettings: strict),
        // A clone of what is under test, for jobs that look around.
        .target(
            name: "Stage",
            dependencies: ["Files", "Git", "Reporting", "Spawn", "Staging", system],
            swiftSettings: strict),
        // What a file is: bytes and names in, tags out.
        .target(name: "FileTypes", dependencies: [system], swiftSettings: strict),
        // Jobs, and which of them run on which files.
        .target(
            name: "Planning",
            dependencies: [
                "Checks", "Configuration", "FileTypes", "Files", "Git", "Reporting", "Spawn",
                "Staging", "Tools", "Warm", system,
            ],
            swiftSettings: strict),
        // Which program a job runs, from where, and how it is called.
        .target(
            name: "Programs",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "Planning", "Reporting", "Spawn",
                "Staging", "Tools", "Warm", system,
            ],
            swiftSettings: strict),
        // What has passed, by content.
        .target(
            name: "Remembering",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "Planning", "Programs", "Reporting",
                "Spawn", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        // Jobs at work.
        .target(
            name: "Execution",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "Planning", "Programs", "Remembering",
                "Reporting", "Spawn", "Stage", "Staging", "Tools", "Warm", system,
            ],
            swiftSettings: strict),
        // A file for each hook of git, and runs by hand.
        .target(
            name: "GitHooks",
            dependencies: [
                "Checks", "Configuration", "Execution", "Files", "Git", "Installation", "Planning",
                "Programs", "Remembering", "Reporting", "Spawn", "Staging", "Tools", "Warm", system,
            ],
            swiftSettings: strict),
        // Pages of the documentation.
        .target(
            name: "Pages",
            dependencies: [
                "Checks", "Configuration", "FileTypes", "Planning", "Reporting", "Tools", system,
            ],
            swiftSettings: strict),
        .target(
            name: "Installation",
            dependencies: ["Configuration", "Files", "Git", "Reporting", system],
            resources: [.embedInCode("Scripts")],
            swiftSettings: strict),
        .target(
            name: "Adoption",
            dependencies: [
                "CYaml", "Checks", "Configuration", "FileTypes", "Files", "Git", "GitHooks",
                "Installation", "Planning", "Programs", "Reporting", "Spawn", "Staging", "Tools",
                system,
            ],
            swiftSettings: strict),
        // What a CI needs to run the phases.
        .target(
            name: "Runners",
            dependencies: [
                "Adoption", "Configuration", "Files", "Git", "Planning", "Reporting", "Staging",
                "Tools", system,
            ],
            swiftSettings: strict),
        .target(
            name: "Pipeline",
            dependencies: [
                "Configuration", "Execution", "Files", "Git", "GitHooks", "Installation",
                "Planning",
                "Programs", "Remembering", "Reporting", "Spawn", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "hooks",
            dependencies: [
                "Adoption", "Configuration", "Files", "Git", "GitHooks", "Installation", "Pages",
                "Pipeline", "Planning", "Programs", "Reporting", "Runners", "Spawn", "Staging",
                "Tools", "Warm",
                arguments, system,
            ],
            swiftSettings: strict,
            linkerSettings: [
                .unsafeFlags(
                    ["-static-executable", "-l_FoundationCollections", "-l_FoundationCShims"],
                    .when(configuration: .release))
            ]),

        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", system],
            path: "Tests/Unit/Reporting", swiftSettings: strict),
        .testTarget(
            name: "ChecksTests", dependencies: ["Checks", "TestSupport"], path: "Tests/Unit/Checks",
            exclude: ["Corpus/real.py"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "Git", "Reporting"],
            path: "Tests/Unit/Configuration",
            swiftSettings: strict),
        .testTarget(
            name: "FilesTests", dependencies: ["Files", "TestSupport", system],
            path: "Tests/Unit/Files",
            swiftSettings: strict),
        .testTarget(
            name: "GitTests", dependencies: ["Git", "Installation", "TestSupport", system],
            path: "Tests/Unit/Git",
            swiftSettings: strict),
        .testTarget(
            name: "StagingTests",
            dependencies: ["Files", "Git", "Spawn", "Staging", "TestSupport", system],
            path: "Tests/Unit/Staging",
            swiftSettings: strict),
        .testTarget(
            name: "StageTests",
            dependencies: ["Files", "Git", "Spawn", "Stage", "Staging", "TestSupport", system],
            path: "Tests/Unit/Stage", swiftSettings: strict),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Configuration", "Git", "Pipeline", "Planning", "Remembering", "Spawn",
                "TestSupport", system,
            ], path: "Tests/Unit/Pipeline",
            swiftSettings: strict),
        .testTarget(
            name: "FileTypesTests", dependencies: ["FileTypes", "TestSupport"],
            path: "Tests/Unit/FileTypes", exclude: ["identify_all.py"], swiftSettings: strict),
        .testTarget(
            name: "ToolsTests", dependencies: ["TestSupport", "Tools"], path: "Tests/Unit/Tools",
            swiftSettings: strict),
        .testTarget(
            name: "PlanningTests",
            dependencies: [
                "Configuration", "Git", "Planning", "Reporting", "Staging", "TestSupport", "Tools",
                "Values", system,
            ],
            path: "Tests/Unit/Planning", swiftSettings: strict),
        .testTarget(
            name: "ProgramsTests",
            dependencies: [
                "Configuration", "Files", "Git", "Planning", "Programs", "Reporting", "Spawn",
                "Staging", "TestSupport", "Values", system,
            ],
            path: "Tests/Unit/Programs", swiftSettings: strict),
        .testTarget(
            name: "RememberingTests",
            dependencies: [
                "Configuration", "Git", "Planning", "Programs", "Remembering", "Staging",
                "TestSupport", "Values", system,
            ],
            path: "Tests/Unit/Remembering", swiftSettings: strict),
        .testTarget(
            name: "ExecutionTests",
            dependencies: [
                "Checks", "Configuration", "Execution", "Files", "Git", "Planning", "Programs",
                "Reporting", "Spawn", "Staging", "TestSupport", "Tools", "Values", system,
            ],
            path: "Tests/Unit/Execution", swiftSettings: strict),
        .testTarget(
            name: "GitHooksTests",
            dependencies: [
                "Configuration", "Git", "GitHooks", "Planning", "Reporting", "Spawn", "Staging",
                "TestSupport", "Values", system,
            ],
            path: "Tests/Unit/GitHooks", swiftSettings: strict),
        .testTarget(
            name: "PagesTests", dependencies: ["Pages", "TestSupport"], path: "Tests/Unit/Pages",
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
            dependencies: [
                "Configuration", "Files", "Spawn", "TestSupport", "Tools", "Warm", system,
            ],
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
                "Adoption", "Checks", "Configuration", "Execution", "FileTypes", "Files", "Git",
                "GitHooks", "Planning", "Programs", "Remembering", "Reporting", "Spawn", "Staging",
                "TestSupport", "Tools", "Warm", system,
            ],
            path: "Tests/Trust/Doors", exclude: ["Found", "Remembered"], swiftSettings: strict),
        // Lets a fuzzer, or files that one has found, in through the doors; see Tests/bin/fuzz.
        .executableTarget(
            name: "Fuzz", dependencies: ["Doors"], path: "Tests/Trust/Fuzz", swiftSettings: strict),
        // What several of them need: scratch folders, and where the program is.
        .target(name: "TestSupport", path: "Tests/Support/TestSupport", swiftSettings: strict),
        // Jobs, files and snapshots as values.
        .target(
            name: "Values",
            dependencies: [
                "Configuration", "Git", "Planning", "Reporting", "Spawn", "Staging", "TestSupport",
                system,
            ],
            path: "Tests/Support/Values", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
