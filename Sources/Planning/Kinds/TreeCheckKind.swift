package import Checks

/// A built-in check of all that changes at once.
package struct TreeCheckKind: JobKind {
    package let check: any TreeCheck

    package init(_ check: any TreeCheck) { self.check = check }

    package var subject: JobSubject { .change }
}
