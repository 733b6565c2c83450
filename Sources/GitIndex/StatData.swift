/// The status of a working file in the index, so that git can detect changes without reading it;
/// each number as git cuts it.
package struct StatData: Sendable, Equatable {
    /// Seconds and nanoseconds.
    package struct Moment: Sendable, Equatable {
        package var seconds: Int32
        package var nanoseconds: UInt32

        package init(_ seconds: Int32, _ nanoseconds: UInt32) {
            self.seconds = seconds
            self.nanoseconds = nanoseconds
        }
    }

    package var device: UInt32
    package var inode: UInt32
    package var owner: UInt32
    package var group: UInt32
    package var size: UInt32
    package var modified: Moment
    package var changed: Moment

    package init(
        device: UInt32, inode: UInt32, owner: UInt32, group: UInt32, size: UInt32,
        modified: Moment, changed: Moment
    ) {
        self.device = device
        self.inode = inode
        self.owner = owner
        self.group = group
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    /// The status is unknown: git compares the content.
    package static let unknown = StatData(
        device: 0, inode: 0, owner: 0, group: 0, size: 0, modified: Moment(0, 0),
        changed: Moment(0, 0))

    /// As an entry has them, from its start.
    var numbersBeforeMode: [UInt32] {
        [
            UInt32(bitPattern: changed.seconds), changed.nanoseconds,
            UInt32(bitPattern: modified.seconds), modified.nanoseconds, device, inode,
        ]
    }

    /// As an entry has them, from its 28th byte.
    var numbersBehindMode: [UInt32] { [owner, group, size] }
}
