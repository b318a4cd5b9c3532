import CommandLineKit
import EventFormats
import Glibc

/// A folder that was not there before, and files in it.
struct NewFolder {
    /// Its absolute path.
    let path: String

    /// Makes the folder; one that is there already is left alone.
    init(_ given: String) throws(Failure) {
        guard mkdir(given, 0o777) == 0 else {
            let error = errno
            throw Failure(
                .cannotCreate,
                error == EEXIST
                    ? "\(given.printable) is there already; remove it, or name another with --directory"
                    : "\(given.printable) cannot be made: \(String(cString: strerror(error)))")
        }
        guard let absolute = NewFolder.absolute(given) else {
            throw Failure(.cannotCreate, "\(given.printable) was made and is gone again")
        }
        path = absolute
    }

    /// Writes a file below the folder, and makes the folders between.
    func write(_ text: String, to file: String) throws(Failure) {
        var parent = path
        for folder in file.split(separator: "/").dropLast() {
            parent += "/\(folder)"
            guard mkdir(parent, 0o777) == 0 || errno == EEXIST else { throw NewFolder.failure(parent) }
        }
        let descriptor = open("\(path)/\(file)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw NewFolder.failure("\(path)/\(file)") }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw NewFolder.failure("\(path)/\(file)") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// The path without links; nil where there is nothing.
    static func absolute(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.cannotCreate, "\(path.printable) cannot be written: \(String(cString: strerror(errno)))")
    }
}
