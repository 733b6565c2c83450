package import Checks

/// A built-in check that is a Python program.
package struct PythonCheckKind: JobKind {
    package let check: any PythonCheck

    package init(_ check: any PythonCheck) { self.check = check }

    package var subject: JobSubject { .content }
}
