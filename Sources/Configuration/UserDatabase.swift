import Glibc

/// Users and groups of this machine.
enum UserDatabase {
    enum Kind: String { case user, group }

    /// The number of a user or group; nil where there is none of that name.
    static func id(_ name: String, _ kind: Kind) -> UInt32? {
        switch kind {
        case .user: getpwnam(name)?.pointee.pw_uid
        case .group: getgrnam(name)?.pointee.gr_gid
        }
    }

    /// The names of those who are listed as a group's members.
    static func members(of group: gid_t) -> [String] {
        guard var member = getgrgid(group)?.pointee.gr_mem else { return [] }
        var names: [String] = []
        while let name = member.pointee {
            names.append(String(cString: name))
            member += 1
        }
        return names
    }

    /// The groups of a user, the primary one too; none where the user is not known.
    static func groups(of user: uid_t) -> [gid_t] {
        guard let entry = getpwuid(user) else { return [] }
        let (name, primary) = (String(cString: entry.pointee.pw_name), entry.pointee.pw_gid)
        // The kernel's own limit (NGROUPS_MAX).
        var groups = [gid_t](repeating: 0, count: 65_536)
        var count = CInt(groups.count)
        guard getgrouplist(name, primary, &groups, &count) >= 0 else { return [primary] }
        return Array(groups.prefix(Int(count)))
    }
}
