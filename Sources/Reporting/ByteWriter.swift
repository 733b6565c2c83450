import Glibc
package import SystemPackage

/// A small buffer for a descriptor that it does not own.
///
/// Interrupted writes are continued, and full pipes are waited for. The first real error ends all
/// writing, silently: a reader that has closed the pipe is no reason to stop a run. The process
/// must ignore `SIGPIPE` for that.
package final class ByteWriter {
    package let descriptor: FileDescriptor
    /// The error that ended the writing.
    package private(set) var failure: Errno?
    private var buffer: [UInt8] = []
    private static let capacity = 64 * 1024

    package init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Keeps bytes until `flush`, or until there are many.
    package func write(_ bytes: some Sequence<UInt8>) {
        guard failure == nil else { return }
        buffer.append(contentsOf: bytes)
        if buffer.count >= ByteWriter.capacity { flush() }
    }

    /// Keeps the UTF-8 of a text; see `write` of bytes.
    package func write(_ text: String) {
        write(text.utf8)
    }

    /// Writes everything that is buffered.
    package func flush() {
        buffer.withUnsafeBytes { bytes in
            var written = 0
            while failure == nil, written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                do {
                    written += try descriptor.write(rest)
                } catch Errno.wouldBlock {
                    waitUntilWritable()
                } catch let error as Errno {
                    failure = error
                } catch {
                    failure = .ioError
                }
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func waitUntilWritable() {
        var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
        while poll(&request, 1, -1) < 0, errno == EINTR {}
    }
}
