package import Files
internal import Git
package import GitIndex

extension StatData {
    /// What git would keep of this status.
    package init(_ status: FileStatus) {
        self.init(
            device: UInt32(truncatingIfNeeded: status.device),
            inode: UInt32(truncatingIfNeeded: status.inode),
            owner: status.owner, group: status.group, size: UInt32(truncatingIfNeeded: status.size),
            modified: Moment(status.modified), changed: Moment(status.changed))
    }
}

extension StatData.Moment {
    /// As git cuts it.
    package init(_ time: FileStatus.Instant) {
        self.init(Int32(truncatingIfNeeded: time.seconds), UInt32(time.nanoseconds))
    }
}
