package import EventModel
import Glibc
package import PluginKit

/// Which users and groups speak for which publisher: `[publishers.NAME]`.
///
///     [publishers.newsroom]
///     users = ["alice", 1001]
///     groups = ["newsroom"]
public struct Publishers: Sendable, Hashable {
    /// The longest name of a publisher, in bytes.
    static let longestName = 64

    /// The names, in the order of the files.
    public private(set) var names: [String] = []
    private var users: [uid_t: String] = [:]
    private var groups: [gid_t: String] = [:]
    private var partial: [String: PartialPolicy] = [:]
    private var may: [String: Set<Permission>] = [:]
    private var complete = PublisherLists()
    /// The section that holds for those who speak for no publisher.
    static let everybody = "default"
    private static let keys = ["users", "groups", "partial", "may", PublisherLists.key]

    /// What the sections are about, for the reference.
    static let summary =
        "Who speaks for whom: a section for each publisher, by a name of letters, digits, hyphens and underscores. An "
        + "update of another publisher's event is held. Whoever speaks for none of them is a publisher alone. Without "
        + "such sections all submitters are one publisher. [publishers.default] holds for who is in none, and names nobody."

    /// The settings of a section as the reference and `--effective` show them; with their defaults for nil.
    ///
    /// - Parameter everybody: The section that holds where this one does not say.
    static func settings(_ section: SettingValue?, else everybody: SettingValue? = nil) -> [SettingDescription] {
        [
            ("users", "Users who speak for it, by name or number."),
            ("groups", "Groups whose members speak for it, by name or number."),
        ].map { key, summary in
            SettingDescription(
                key: key, type: "list of names and numbers", value: section?[key]?.toml ?? "[]", summary: summary)
        } + [
            SettingDescription(
                key: "partial", type: PartialPolicy.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
                value: (section?["partial"] ?? everybody?["partial"])?.toml ?? "\"accept\"",
                summary:
                    "What becomes of the good events of a file that has others: accept takes them in, hold lets them wait "
                    + "for a person, reject refuses them with one that is rejected."),
            SettingDescription(
                key: "may", type: "list of \(Publishers.permissions)",
                value: (section?["may"] ?? everybody?["may"])?.toml ?? "[\(Publishers.permissions)]",
                summary:
                    "What its submitters may do by themselves: announce events, change them, cancel them. What they may not "
                    + "do waits for a person."),
            SettingDescription(
                key: PublisherLists.key, type: "list of names of files",
                value: (section?[PublisherLists.key] ?? everybody?[PublisherLists.key])?.toml ?? "[]",
                summary: PublisherLists.summary),
        ]
    }

    private static let permissions = Permission.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")

    /// Nobody in particular: all submitters are one publisher.
    public init() {}

    /// Whom a user speaks for: the publisher that names the user, else the one that names a group of the user; one who
    /// speaks for none is a publisher alone. Nil where none are configured. A user whose groups belong to several
    /// publishers speaks for none of them. Asks the user database.
    public func publisher(of user: UInt32) -> String? {
        if names.isEmpty { return nil }
        if let named = users[user] { return named }
        let alone = UpdateSource.lonePublisher(of: user)
        if groups.isEmpty { return alone }
        let found = Set(UserDatabase.groups(of: user).compactMap { groups[$0] })
        return found.count == 1 ? found.first ?? alone : alone
    }

    /// What becomes of the good updates of a file of that publisher that has others.
    package func partial(of publisher: String?) -> PartialPolicy {
        publisher.flatMap { partial[$0] } ?? partial[Publishers.everybody] ?? .accept
    }

    /// What the submitters of that publisher may do.
    package func may(of publisher: String?) -> Set<Permission> {
        publisher.flatMap { may[$0] } ?? may[Publishers.everybody] ?? Set(Permission.allCases)
    }

    /// The pattern of the whole list that a file of that name is; nil where it is none.
    package func list(of publisher: String?, named file: [UInt8]) -> String? {
        let patterns = lists(of: publisher)
        return patterns.isEmpty ? nil : PublisherLists.first(of: patterns, matching: file)
    }

    /// The patterns of that publisher's whole lists.
    package func lists(of publisher: String?) -> [String] {
        publisher.flatMap { complete[$0] } ?? complete[Publishers.everybody] ?? []
    }

    /// Reads the section. The names of users and groups have to be known now.
    static func read(_ section: SettingValue, _ faults: inout [SettingFault]) -> Publishers {
        var publishers = Publishers()
        guard case .table(let entries) = section.content else {
            faults.append(
                SettingFault(
                    at: section.place,
                    "publishers is \(section.words); write a section [publishers.NAME] for each publisher"))
            return publishers
        }
        for entry in entries { publishers.add(entry, &faults) }
        publishers.checkMembers(section.place, &faults)
        return publishers
    }

    private mutating func add(_ entry: SettingValue.Entry, _ faults: inout [SettingFault]) {
        let name = entry.key
        let isName =
            (1...Publishers.longestName).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
            }
        if !isName {
            faults.append(
                SettingFault(
                    at: entry.place,
                    "\"\(name)\" is no name of a publisher; write at most \(Publishers.longestName) letters, digits, "
                        + "hyphens and underscores"))
        }
        guard case .table(let keys) = entry.value.content else {
            faults.append(
                SettingFault(
                    at: entry.value.place,
                    "publishers.\(name) is \(entry.value.words); write a section [publishers.\(name)]"
                ))
            return
        }
        if name != Publishers.everybody { names.append(name) }
        let before = (users.count, groups.count)
        for key in keys {
            switch key.key {
            case "users":
                for (id, value) in Publishers.ids(key, name, .user, &faults) {
                    Publishers.claim(id, for: name, in: &users, value, &faults)
                }
            case "groups":
                for (id, value) in Publishers.ids(key, name, .group, &faults) {
                    Publishers.claim(id, for: name, in: &groups, value, &faults)
                }
            case "partial": addPartial(key, name, &faults)
            case "may": addPermissions(key, name, &faults)
            case PublisherLists.key: complete.add(key, name, &faults)
            default:
                let hint = nearest(to: key.key, among: Publishers.keys).map { "did you mean \"\($0)\"?" }
                faults.append(
                    SettingFault(
                        at: key.place,
                        "unknown setting \(key.key) in [publishers.\(name)]; "
                            + (hint ?? "there are users, groups, partial, may and complete")))
            }
        }
        let namesNobody = before == (users.count, groups.count)
        if name == Publishers.everybody {
            if namesNobody { return }
            faults.append(
                SettingFault(
                    at: entry.place,
                    "[publishers.default] holds for those who are in no other section; leave users and groups out"))
        } else if namesNobody, !keys.contains(where: { ["users", "groups"].contains($0.key) }) {
            faults.append(
                SettingFault(
                    at: entry.place, "nobody speaks for [publishers.\(name)]; name users or groups, or leave it out"))
        }
    }

    private mutating func addPartial(_ entry: SettingValue.Entry, _ name: String, _ faults: inout [SettingFault]) {
        if case .string(let word) = entry.value.content, let policy = PartialPolicy(rawValue: word) {
            partial[name] = policy
            return
        }
        faults.append(
            SettingFault(
                at: entry.value.place,
                "publishers.\(name).partial is \(entry.value.words); write \"accept\", \"hold\" or \"reject\""))
    }

    private mutating func addPermissions(_ entry: SettingValue.Entry, _ name: String, _ faults: inout [SettingFault]) {
        var permissions: Set<Permission> = []
        let elements: [SettingValue]
        if case .array(let array) = entry.value.content { elements = array } else { elements = [entry.value] }
        for element in elements {
            if case .array = entry.value.content, case .string(let word) = element.content,
                let permission = Permission(rawValue: word)
            {
                permissions.insert(permission)
            } else {
                faults.append(
                    SettingFault(
                        at: element.place,
                        "publishers.\(name).may has \(element.words); write a list of some of \(Publishers.permissions) "
                            + "in brackets"))
            }
        }
        may[name] = permissions
    }

    private static func ids(
        _ entry: SettingValue.Entry, _ name: String, _ kind: UserDatabase.Kind, _ faults: inout [SettingFault]
    ) -> [(UInt32, SettingValue)] {
        guard case .array(let elements) = entry.value.content else {
            faults.append(
                SettingFault(
                    at: entry.value.place,
                    "publishers.\(name).\(entry.key) is \(entry.value.words); write a list of names and numbers of "
                        + "\(kind.rawValue)s in brackets"))
            return []
        }
        var ids: [(UInt32, SettingValue)] = []
        for element in elements {
            switch element.content {
            case .integer(let number):
                if let id = UInt32(exactly: number), id != .max {
                    ids.append((id, element))
                } else {
                    faults.append(
                        SettingFault(at: element.place, "\(number) is no number of a \(kind.rawValue)"))
                }
            case .string(let text):
                if let id = UserDatabase.id(text, kind) {
                    ids.append((id, element))
                } else {
                    // A number may be meant, or a name of digits that is not there.
                    let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    let remedy =
                        isNumber ? "to name it by its number, leave out the quotes" : "make it, or leave it out"
                    faults.append(
                        SettingFault(
                            at: element.place, "no \(kind.rawValue) is called \"\(text)\" on this machine; \(remedy)"))
                }
            default:
                faults.append(
                    SettingFault(
                        at: element.place, "\(element.words) is no \(kind.rawValue); write a name or a number"))
            }
        }
        return ids
    }

    private static func claim(
        _ id: UInt32, for name: String, in owners: inout [UInt32: String], _ value: SettingValue,
        _ faults: inout [SettingFault]
    ) {
        if let other = owners[id], other != name {
            faults.append(
                SettingFault(
                    at: value.place,
                    "\(value.words) speaks for [publishers.\(other)] already and can speak for one publisher only; name it "
                        + "once"))
        }
        owners[id] = name
    }

    /// A user in groups of two publishers would speak for both: that is said where the user database tells.
    private func checkMembers(_ place: SettingPlace, _ faults: inout [SettingFault]) {
        var owners: [uid_t: String] = [:]
        for (group, name) in groups.sorted(by: { $0.key < $1.key }) {
            for member in UserDatabase.members(of: group) {
                guard let id = UserDatabase.id(member, .user), users[id] == nil else { continue }
                if let other = owners[id], other != name {
                    faults.append(
                        SettingFault(
                            at: place,
                            "the user \"\(member)\" is in groups of [publishers.\(min(name, other))] and [publishers."
                                + "\(max(name, other))] and can speak for one publisher only; name the user in one of them"
                        ))
                }
                owners[id] = name
            }
        }
    }
}
