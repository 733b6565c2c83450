package import Checks

/// A built-in check of commit messages.
package struct MessageCheckKind: JobKind {
    package let check: any MessageCheck

    package init(_ check: any MessageCheck) { self.check = check }

    package var subject: JobSubject { .message }
}
