package import Checks

/// A built-in check of files.
package struct CheckKind: JobKind {
    package let check: any Check

    package init(_ check: any Check) { self.check = check }

    package var subject: JobSubject {
        switch type(of: check).looksAt {
        case .text: .content
        case .size: .size
        default: .names
        }
    }
    package var isForMerges: Bool { check.isForMerges }
}
