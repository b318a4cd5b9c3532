import Glibc

/// How this process stands to a group: what explains why it may not drop files.
struct Membership: Sendable {
    let group: String
    let user: String
    /// Whether the group exists.
    let isGroupKnown: Bool
    /// Whether the user database says that the user is in it.
    let isMember: Bool
    /// Whether this process has it.
    let isInForce: Bool

    /// The remedy, as a sentence.
    func advice(_ path: String) -> String {
        if !isGroupKnown {
            return "There is no group \(group): is tidingsd installed (systemd-sysusers makes it)?"
        }
        if isInForce {
            return "User \(user) is in group \(group), so the rights of \(path) are not as they should be: "
                + "run systemd-tmpfiles --create, and compare getfacl \(path)"
        }
        if isMember {
            return "User \(user) is in group \(group), but was not yet when this session began: "
                + "log in anew, or run newgrp \(group)"
        }
        return "User \(user) is not in group \(group): an administrator can run adduser \(user) \(group), "
            + "and it counts from the next login on"
    }

    /// Asks the user database and the kernel.
    static func ofThisProcess(_ group: String) -> Membership {
        let uid = geteuid()
        var user = String(uid)
        var primary = getegid()
        if let entry = getpwuid(uid) {
            user = String(cString: entry.pointee.pw_name)
            primary = entry.pointee.pw_gid
        }
        guard let gid = getgrnam(group)?.pointee.gr_gid else {
            return Membership(group: group, user: user, isGroupKnown: false, isMember: false, isInForce: false)
        }
        var groups = [gid_t](repeating: 0, count: 65_536)
        var count = CInt(groups.count)
        let isMember = getgrouplist(user, primary, &groups, &count) >= 0 && groups.prefix(Int(count)).contains(gid)
        return Membership(
            group: group, user: user, isGroupKnown: true, isMember: isMember, isInForce: isInForce(gid))
    }

    /// Whether this process has a group.
    static func isInForce(_ group: gid_t) -> Bool {
        if getegid() == group { return true }
        // The kernel's own limit (NGROUPS_MAX).
        var groups = [gid_t](repeating: 0, count: 65_536)
        let count = getgroups(CInt(groups.count), &groups)
        return count > 0 && groups.prefix(Int(count)).contains(group)
    }
}
