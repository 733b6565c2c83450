package import Checks

/// A built-in check of the whole commit.
package struct TreeCheckKind: JobKind {
    package let check: any TreeCheck

    package init(_ check: any TreeCheck) { self.check = check }

    package var subject: JobSubject { .change }
}
