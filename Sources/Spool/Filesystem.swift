import CPosix
import Primitives

/// What kind of filesystem a folder lies on, as statfs(2) tells it.
struct Filesystem: Sendable {
    /// `f_type`.
    let type: UInt32

    /// Of an open folder.
    static func of(_ descriptor: CInt) throws(Errno) -> Filesystem {
        Filesystem(type: UInt32(truncatingIfNeeded: try SystemCall.run { tidings_filesystem_type(descriptor) }))
    }

    /// What people call it, where files can be changed without this kernel's doing; nil for a local one.
    var networkName: String? { Filesystem.networkNames[type] }

    // linux/magic.h and the modules' own sources.
    private static let networkNames: [UInt32: String] = [
        0x6969: "NFS", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB 2", 0x517B: "SMB", 0x0102_1997: "9p",
        0x6573_5546: "FUSE", 0x5346_414F: "AFS", 0x6B41_4653: "AFS", 0x00C3_6400: "Ceph", 0x0BD0_0BD0: "Lustre",
        0x0116_1970: "GFS2", 0x7461_636F: "OCFS2", 0x7375_7245: "Coda", 0x564C: "NCP",
        0x786F_4256: "a VirtualBox share",
        0xBACB_ACBC: "a VMware share",
    ]

    /// What it means for a spool, as a sentence; nil for a local filesystem.
    func concern(path: String) -> String? {
        networkName.map {
            "\(path) lies on \($0): what other machines drop there raises no event and is found by the rescans only "
                + "(spool.rescan), and no lease tells whether somebody still writes a file, so that it has to stand "
                + "still for spool.settle; put the spool on a local disk and let people drop with tidings submit or sftp"
        }
    }
}
