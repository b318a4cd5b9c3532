import CPosix
import Glibc
import Primitives

/// The names of a folder, a kernel buffer at a time, in no order.
final class DirectoryStream {
    private let directory: OpaquePointer
    private let path: String

    /// Opens the folder anew, so that the position is the stream's own.
    init(_ folder: CInt, path: @autoclosure () -> String) throws(SpoolError) {
        let place = path()
        let descriptor = try SystemCall.run(.open, place) { tidings_open_folder(folder, ".", 1) }
        guard let directory = fdopendir(descriptor) else {
            let errno = Errno.current
            close(descriptor)
            throw SpoolError(.list, place, errno)
        }
        self.directory = directory
        self.path = place
    }

    deinit { closedir(directory) }

    /// The next name; nil at the end.
    func next() throws(SpoolError) -> FileName? {
        guard let name = tidings_next_name(directory) else {
            let errno = Errno.current
            if errno.code != 0 { throw SpoolError(.list, path, errno) }
            return nil
        }
        return FileName(fromKernel: name)
    }
}
