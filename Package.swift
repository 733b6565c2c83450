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
        // The names of objects, and the index file.
        .target(
            name: "GitIndex", dependencies: ["CGit2", "Reporting", system],
            swiftSettings: strict + [.strictMemorySafety()]),
        .target(
            name: "Git", dependencies: ["CGit2", "GitIndex", "Spawn", system],
            swiftSettings: strict + [.strictMemorySafety()]),
        .target(
            name: "Files", dependencies: ["CLinux", "Reporting", system], swiftSettings: strict),
        .target(
            name: "Spawn", dependencies: ["CLinux", "Files", system],
            swiftSettings: strict),

        .target(
            name: "Warm", dependencies: ["CLinux", "Files", "Spawn", system],
            resources: [.embedInCode("Server")],
            swiftSettings: strict),

        // What is said, and what is known.
        .target(name: "Reporting", dependencies: [system], swiftSettings: strict),
        // Secret values, found in every form in which programs print them.
        .target(name: "Masking", dependencies: ["Reporting"], swiftSettings: strict),
        // What a built-in check is, and what it is given; then the checks.
        .target(name: "Checks", dependencies: ["CLinux"], swiftSettings: strict),
        .target(name: "BuiltInChecks", dependencies: ["Checks"], swiftSettings: strict),
        .target(
            name: "Tools",
            dependencies: ["Configuration", "Notation", system],
            resources: [.embedInCode("Scripts")],
            swiftSettings: strict),
        // How values of a configuration are written: globs, expressions, command lines.
        .target(name: "Notation", dependencies: ["CRegex"], swiftSettings: strict),
        .target(
            name: "Configuration",
            dependencies: ["Git", "GitIndex", "Notation", "Reporting", "TOMLKit", system],
            swiftSettings: strict),

        // The way of the data.
        .target(
            name: "Staging",
            dependencies: ["Files", "Git", "GitIndex", "Reporting", "Spawn", "Tools", system],
            swiftSettings: strict),
        // A clone of what is under test, for jobs that look around.
        .target(
            name: "Stage",
            dependencies: ["Files", "Git", "GitIndex", "Reporting", "Spawn", "Staging", system],
            swiftSettings: strict),
        // What a file is: bytes and names in, tags out.
        .target(name: "FileTypes", dependencies: [system], swiftSettings: strict),
        // Jobs, and which of them run on which files.
        .target(
            name: "Planning",
            dependencies: [
                "BuiltInChecks", "Checks", "Configuration", "FileTypes", "Files", "Git", "GitIndex",
                "Masking", "Notation", "Reporting", "Spawn", "Staging", "Tools", "Warm", system,
            ],
            swiftSettings: strict),
        // Which program a job runs, from where, and how it is called.
        .target(
            name: "Programs",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "GitIndex", "Notation", "Planning",
                "Reporting", "Spawn", "Staging", "Tools", "Warm", system,
            ],
            swiftSettings: strict),
        // What has passed, by content.
        .target(
            name: "Remembering",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "GitIndex", "Notation", "Planning",
                "Programs", "Spawn", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        // Where jobs find their files.
        .target(
            name: "Workplaces",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "GitIndex", "Notation", "Planning",
                "Programs", "Spawn", "Stage", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        // Jobs at work.
        .target(
            name: "Execution",
            dependencies: [
                "Checks", "Configuration", "Files", "Git", "GitIndex", "Masking", "Notation",
                "Planning",
                "Programs", "Remembering", "Reporting", "Spawn", "Stage", "Staging", "Tools",
                "Warm", "Workplaces", system,
            ],
            swiftSettings: strict),
        // A file for each hook of git, and runs by hand.
        .target(
            name: "GitHooks",
            dependencies: [
                "Checks", "Configuration", "Execution", "Files", "Git", "GitIndex", "Installation",
                "Notation", "Planning", "Programs", "Reporting", "Spawn", "Staging", "Tools",
                system,
            ],
            swiftSettings: strict),
        // Pages of the documentation.
        .target(
            name: "Pages",
            dependencies: [
                "BuiltInChecks", "Checks", "Configuration", "Notation", "Planning", "Reporting",
                "Tools", system,
            ],
            swiftSettings: strict),
        .target(
            name: "Installation",
            dependencies: [
                "Configuration", "Files", "Git", "GitIndex", "Notation", "Reporting", system,
            ],
            resources: [.embedInCode("Scripts")],
            swiftSettings: strict),
        // Configurations of other managers, as one of this program.
        .target(
            name: "Conversion",
            dependencies: [
                "CYaml", "Configuration", "Notation", "Planning", "Reporting", "Tools", system,
            ],
            swiftSettings: strict),
        .target(
            name: "Adoption",
            dependencies: [
                "BuiltInChecks", "Checks", "Configuration", "Conversion", "FileTypes", "Files",
                "Git", "GitHooks", "GitIndex", "Installation", "Notation", "Planning", "Programs",
                "Reporting", "Spawn", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        // What a CI needs to run the phases.
        .target(
            name: "Runners",
            dependencies: [
                "Adoption", "Configuration", "Files", "Git", "GitIndex", "Notation", "Planning",
                "Reporting", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        // The job `loss`: what a branch takes away of what others wrote.
        .target(
            name: "LostWork",
            dependencies: ["Files", "Planning", "Reporting", "Spawn", system],
            swiftSettings: strict),
        .target(
            name: "Pipeline",
            dependencies: [
                "Configuration", "Execution", "Files", "Git", "GitHooks", "GitIndex",
                "Installation", "Masking", "Notation", "Planning", "Programs", "Remembering",
                "Reporting",
                "Spawn", "Staging", "Tools", system,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "hooks",
            dependencies: [
                "Adoption", "Configuration", "Files", "Git", "GitHooks", "GitIndex", "Installation",
                "LostWork", "Masking", "Notation", "Pages", "Pipeline", "Planning",
                "Programs", "Reporting",
                "Runners",
                "Spawn", "Staging", "Tools", "Warm", arguments, system,
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
            name: "ChecksTests", dependencies: ["BuiltInChecks", "Checks", "TestSupport"],
            path: "Tests/Unit/Checks",
            exclude: ["Corpus/real.py"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: [
                "Configuration", "Git", "GitIndex", "Notation", "Reporting", "TestSupport",
            ],
            path: "Tests/Unit/Configuration",
            swiftSettings: strict),
        .testTarget(
            name: "MaskingTests", dependencies: ["Masking", "Reporting", "TestSupport", system],
            path: "Tests/Unit/Masking", swiftSettings: strict),
        .testTarget(
            name: "NotationTests", dependencies: ["Notation", "TestSupport"],
            path: "Tests/Unit/Notation",
            swiftSettings: strict),
        .testTarget(
            name: "ConversionTests", dependencies: ["Conversion", "Notation"],
            path: "Tests/Unit/Conversion", swiftSettings: strict),
        .testTarget(
            name: "LostWorkTests", dependencies: ["LostWork", system], path: "Tests/Unit/LostWork",
            swiftSettings: strict),
        .testTarget(
            name: "FilesTests", dependencies: ["Files", "TestSupport", system],
            path: "Tests/Unit/Files",
            swiftSettings: strict),
        .testTarget(
            name: "GitTests",
            dependencies: ["Git", "GitIndex", "Installation", "TestSupport", system],
            path: "Tests/Unit/Git",
            swiftSettings: strict),
        .testTarget(
            name: "StagingTests",
            dependencies: ["Files", "Git", "GitIndex", "Staging", "TestSupport", system],
            path: "Tests/Unit/Staging",
            swiftSettings: strict),
        .testTarget(
            name: "StageTests",
            dependencies: [
                "Files", "Git", "GitIndex", "Spawn", "Stage", "Staging", "TestSupport", system,
            ],
            path: "Tests/Unit/Stage", swiftSettings: strict),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Configuration", "Git", "GitIndex", "Notation", "Pipeline", "Planning",
                "Remembering", "Spawn", "TestSupport", system,
            ], path: "Tests/Unit/Pipeline",
            swiftSettings: strict),
        .testTarget(
            name: "FileTypesTests", dependencies: ["FileTypes", "TestSupport"],
            path: "Tests/Unit/FileTypes", exclude: ["identify_all.py"], swiftSettings: strict),
        .testTarget(
            name: "ToolsTests", dependencies: ["Configuration", "TestSupport", "Tools"],
            path: "Tests/Unit/Tools",
            swiftSettings: strict),
        .testTarget(
            name: "PlanningTests",
            dependencies: [
                "Configuration", "Git", "GitIndex", "Notation", "Planning", "Reporting", "Staging",
                "TestSupport", "Tools", "Values", system,
            ],
            path: "Tests/Unit/Planning", swiftSettings: strict),
        .testTarget(
            name: "ProgramsTests",
            dependencies: [
                "Configuration", "Git", "GitIndex", "Notation", "Planning", "Programs", "Reporting",
                "Spawn", "Staging", "TestSupport", "Values", system,
            ],
            path: "Tests/Unit/Programs", swiftSettings: strict),
        .testTarget(
            name: "RememberingTests",
            dependencies: [
                "Configuration", "Git", "GitIndex", "Notation", "Planning", "Programs",
                "Remembering", "Staging", "TestSupport", "Values", system,
            ],
            path: "Tests/Unit/Remembering", swiftSettings: strict),
        .testTarget(
            name: "ExecutionTests",
            dependencies: [
                "Checks", "Configuration", "Execution", "Files", "Git", "GitIndex", "Notation",
                "Planning", "Programs", "Reporting", "Spawn", "Staging", "TestSupport", "Tools",
                "Values", "Workplaces", system,
            ],
            path: "Tests/Unit/Execution", swiftSettings: strict),
        .testTarget(
            name: "GitHooksTests",
            dependencies: [
                "Git", "GitHooks", "GitIndex", "Planning", "Reporting", "Spawn", "TestSupport",
                "Values", system,
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
            name: "AdoptionTests",
            dependencies: ["Adoption", "Configuration", "Conversion", "Notation", "TestSupport"],
            path: "Tests/Unit/Adoption",
            swiftSettings: strict),
        .testTarget(
            name: "SpawnTests", dependencies: ["TestSupport"], path: "Tests/Unit/Spawn",
            swiftSettings: strict),
        .testTarget(
            name: "WarmTests",
            dependencies: [
                "Configuration", "Files", "Notation", "Spawn", "TestSupport", "Tools", "Warm",
                system,
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
                "Adoption", "BuiltInChecks", "Checks", "Configuration", "Conversion", "Execution",
                "FileTypes", "Files", "Git", "GitHooks", "GitIndex", "Notation",
                "Planning", "Programs", "Remembering", "Reporting", "Spawn", "Staging",
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
                "Configuration", "Git", "GitIndex", "Notation", "Planning", "Reporting", "Spawn",
                "Staging", "TestSupport", system,
            ],
            path: "Tests/Support/Values", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
