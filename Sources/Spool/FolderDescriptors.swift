import CPosix
import Glibc
import Primitives

/// The folders of a spool, open. The numbers stay the same for ever, so that any thread may use them.
struct FolderDescriptors: ~Copyable, Sendable {
    private let held: [HeldFolder]

    subscript(folder: Folder) -> CInt { held[folder.index].descriptor.raw }

    /// Opens all, or throws one error that lists every fault.
    init(root: CInt, path: String, create: Bool) throws(SpoolError) {
        if create {
            for folder in Folder.allCases {
                try SpoolDirectory.makeFolder(root, folder.rawValue, "\(path)/\(folder.rawValue)")
            }
        }
        var held: [HeldFolder] = []
        var facts: [FolderFacts] = []
        for folder in Folder.allCases {
            do throws(Errno) {
                let descriptor = try FolderDescriptors.open(folder, root)
                facts.append(try FolderFacts.of(folder, descriptor.raw))
                held.append(HeldFolder(descriptor))
            } catch {
                facts.append(FolderFacts(folder: folder, status: nil, failure: error, refused: []))
            }
        }
        try FolderDescriptors.check(facts, root: root, path: path)
        self.held = held
    }

    /// Puts what now stands under the names of the folders in the place of what was open. Before that, `lock` is handed
    /// another active/ than before; where it throws, what was open stays.
    borrowing func refresh(
        root: CInt, path: String, lock: (CInt) throws(SpoolError) -> Void
    ) throws(SpoolError) -> Set<Folder> {
        var replacements: [(folder: Folder, new: HeldFolder)] = []
        var facts: [FolderFacts] = []
        for folder in Folder.allCases {
            do throws(Errno) {
                let old = try FileStatus.of(self[folder]).identity
                // ignoring: what hides the name is found out by opening it
                if let now = try? FileStatus.of(folder.name, in: root), now.identity == old { continue }
                let descriptor = try FolderDescriptors.open(folder, root)
                facts.append(try FolderFacts.of(folder, descriptor.raw))
                replacements.append((folder, HeldFolder(descriptor)))
            } catch {
                facts.append(FolderFacts(folder: folder, status: nil, failure: error, refused: []))
            }
        }
        if facts.isEmpty { return [] }
        try FolderDescriptors.check(facts, root: root, path: path)
        if let active = replacements.first(where: { $0.folder == .active }) { try lock(active.new.descriptor.raw) }
        for (folder, new) in replacements {
            try Descriptor.replace(held[folder.index].descriptor, by: new.descriptor, "\(path)/\(folder.rawValue)")
        }
        return Set(replacements.map(\.folder))
    }

    private static func open(_ folder: Folder, _ root: CInt) throws(Errno) -> Descriptor {
        Descriptor(try SystemCall.run { tidings_open_folder(root, folder.name.cString, 0) })
    }

    private static func check(_ facts: [FolderFacts], root: CInt, path: String) throws(SpoolError) {
        let device: UInt64
        do {
            device = try FileStatus.of(root).identity.device
        } catch {
            throw SpoolError(.inspect, path, error)
        }
        let faults = facts.flatMap { $0.faults(user: geteuid(), rootDevice: device) }
        if !faults.isEmpty {
            throw SpoolError(.check, "the spool \(path)", nil, remedy: faults.joined(separator: "; "))
        }
    }
}

/// One open folder, as an array can hold it.
private final class HeldFolder: Sendable {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
}

extension Descriptor {
    /// Makes one descriptor's number mean what another's does, in one step for all threads.
    static func replace(_ old: borrowing Descriptor, by new: borrowing Descriptor, _ path: String) throws(SpoolError) {
        let (from, to) = (new.raw, old.raw)
        try SystemCall.run(.open, path) { tidings_replace_descriptor(from, to) }
    }
}
