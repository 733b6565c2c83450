import SystemPackage

@testable import Spawn

/// What the words of a guard mean.
func completion(reported words: [UInt8]) -> Completion { GuardReport(words).completion }
