import CPosix
import Glibc
import Primitives

/// Files that appear whole or not at all: written under a temporary name, made durable, then renamed.
enum DurableFile {
    /// Writes a temporary and closes nothing: the caller makes it durable, with others, and renames it.
    static func write(
        _ bytes: [UInt8], to folder: CInt, _ temporary: FileName, mode: UInt32, place: String
    ) throws(SpoolError) -> Descriptor {
        let file = try create(folder, temporary, mode: mode, place: place)
        do throws(Errno) {
            try file.writeAll(bytes)
        } catch {
            discard(folder, temporary)
            throw SpoolError(.write, place, error)
        }
        return file
    }

    /// Makes a temporary; one of that name that an earlier end left behind is replaced.
    static func create(
        _ folder: CInt, _ temporary: FileName, mode: UInt32, place: String
    ) throws(SpoolError) -> Descriptor {
        do throws(Errno) {
            return Descriptor(try SystemCall.run { tidings_create(folder, temporary.cString, mode) })
        } catch {
            if error != .exists { throw SpoolError(.create, place, error) }
        }
        discard(folder, temporary)
        return try Descriptor.open(.create, place) { tidings_create(folder, temporary.cString, mode) }
    }

    /// Makes the bytes of a file, or the names of a folder, durable.
    static func sync(_ descriptor: CInt, place: @autoclosure () -> String) throws(SpoolError) {
        try SystemCall.run(.sync, place()) { fsync(descriptor) }
    }

    /// Removes a temporary that will not be needed.
    static func discard(_ folder: CInt, _ temporary: FileName) {
        // It may be gone, and if it cannot be removed the next start tries again.
        _ = unlinkat(folder, temporary.cString, 0)
    }
}
