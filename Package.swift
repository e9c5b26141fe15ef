// swift-tools-version: 6.2
import PackageDescription

// One module a stage; each imports only those above it (docs/architecture.md).
let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["assay"]),
    .library(name: "Wire", targets: ["Wire"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
  ],
  targets: [
    // The packet capture library of the system.
    .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    // System calls which Swift's Glibc overlay leaves out: namespaces, ioctls, signal flags.
    .target(name: "CLinux"),

    .target(name: "Wire"),
    .testTarget(name: "WireTests", dependencies: ["Wire"]),

    .target(name: "Capture", dependencies: ["Wire"]),
    .testTarget(name: "CaptureTests", dependencies: ["Capture"]),

    .target(name: "Suite", dependencies: ["Wire", "Yams"]),
    .testTarget(name: "SuiteTests", dependencies: ["Suite", "SuiteMutants", "Wire"]),

    .target(name: "Craft", dependencies: ["Suite", "Wire"]),
    .testTarget(name: "CraftTests", dependencies: ["Craft", "Suite", "Wire"]),
    // What an input costs, and which one it was when the process died.
    .systemLibrary(name: "CAllocator", path: "Tests/CAllocator"),
    .target(name: "InputWatch", dependencies: ["CAllocator"], path: "Tests/InputWatch"),
    // A process of its own, so that a trap has a number, and memory is that of one mutant.
    .executableTarget(
      name: "SuiteMutants",
      dependencies: ["Craft", "InputWatch", "Suite", "Wire", "Yams"],
      path: "Tests/SuiteMutants"
    ),

    // For `make bench`; the C programs beside it are what it is compared with.
    .executableTarget(
      name: "AssayBenchmarks",
      dependencies: [
        "Capture", "CLinux", "Craft", "Judge", "Lab", "Link", "ReferenceDevice", "Suite", "Wire",
      ],
      path: "Tests/Benchmarks",
      exclude: [
        "craft-echo.c", "capture-frames.c", "echo-transactions.c", "send-frames.c", "sweep-filter.c",
        "yaml-events.c",
      ]
    ),

    .target(name: "Judge", dependencies: ["Capture", "Craft", "Suite", "Wire"]),
    .testTarget(name: "JudgeTests", dependencies: ["Capture", "Craft", "Judge", "Suite", "Wire"]),

    .target(
      name: "Link",
      dependencies: ["Capture", "CLinux", "CPcap", "Wire", .product(name: "Logging", package: "swift-log")]
    ),
    .testTarget(name: "LinkTests", dependencies: ["Capture", "Link", "Wire"]),

    .target(name: "ReferenceDevice", dependencies: ["Capture", "Link", "Suite", "Wire"]),
    .testTarget(
      name: "ReferenceDeviceTests",
      dependencies: ["Capture", "Link", "ReferenceDevice", "Suite", "Wire"]
    ),

    // For `make fuzz`, and for the tests a process of its own.
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Capture", "Craft", "InputWatch", "Judge", "Link", "ReferenceDevice", "Suite", "Wire",
      ],
      path: "Tests/Fuzz",
      exclude: ["Corpus", "Regressions", "mutants", "run"]
    ),
    .testTarget(name: "FuzzTests", dependencies: ["Fuzz"]),

    .target(
      name: "Lab",
      dependencies: [
        "Capture", "CLinux", "Link", "ReferenceDevice", "Suite", "Wire",
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: ["linux-nat.nft", "nft-firewall.nft", "iptables-firewall.rules"].map {
        .embedInCode("Rules/\($0)")
      }
    ),
    .testTarget(name: "LabTests", dependencies: ["Capture", "Lab", "LabProbe", "Link", "ReferenceDevice"]),
    // Namespaces belong to a thread and user namespaces to single-threaded processes, so tests of them run in
    // a process of their own.
    .executableTarget(
      name: "LabProbe",
      dependencies: ["Capture", "Lab", "Link", "Suite", "Wire"],
      path: "Tests/LabProbe"
    ),

    .target(
      name: "Runner",
      dependencies: [
        "Capture", "Craft", "Judge", "Link", "Suite", "Wire", .product(name: "Logging", package: "swift-log"),
      ]
    ),
    .testTarget(
      name: "RunnerTests",
      dependencies: ["Capture", "Craft", "Judge", "Link", "ReferenceDevice", "Runner", "Suite", "Wire"]
    ),

    // What suites, proofs and results say of each clause of the catalogue.
    .target(name: "Coverage", dependencies: ["Suite"]),
    .testTarget(name: "CoverageTests", dependencies: ["Coverage", "Suite"]),

    .target(
      name: "SelfTest",
      dependencies: ["Capture", "Judge", "Link", "ReferenceDevice", "Runner", "Suite"]
    ),
    .testTarget(
      name: "SelfTestTests",
      dependencies: ["Capture", "Link", "ReferenceDevice", "Report", "SelfTest", "Suite"]
    ),

    .target(name: "Sweep", dependencies: ["Capture", "Link", "Suite", "Wire"]),
    .testTarget(name: "SweepTests", dependencies: ["Capture", "Link", "Suite", "Sweep", "Wire"]),

    .target(
      name: "Report",
      dependencies: [
        "Capture", "Coverage", "Judge", "Runner", "SelfTest", "Suite", "Sweep", "Wire",
        .product(name: "Mustache", package: "swift-mustache"),
      ]
    ),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Capture", "Coverage", "Judge", "Report", "Runner", "SelfTest", "Suite", "Sweep", "Wire",
      ],
      exclude: ["Snapshots"]
    ),

    .executableTarget(
      name: "assay",
      dependencies: [
        "Capture", "CLinux", "Coverage", "CPcap", "Craft", "Judge", "Lab", "Link", "ReferenceDevice",
        "Report", "Runner", "SelfTest", "Suite", "Sweep", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),
    // For `make witness`: what this machine's kernel and the reference device answer to the same packets.
    .executableTarget(
      name: "Witness",
      dependencies: ["Capture", "Craft", "Link", "Report", "Runner", "Suite", "Wire", "Yams"],
      path: "Tests/Witness",
      exclude: ["differences.yaml"]
    ),
    .testTarget(name: "WitnessTests", dependencies: ["Craft", "Suite", "Wire", "Witness"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["assay", "Capture", "Wire", "Witness"],
      exclude: ["Router"]
    ),
  ]
)

for target in package.targets
where ![.system, .plugin, .binary].contains(target.type) && target.name != "CLinux" {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}
