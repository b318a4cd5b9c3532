import CommandLineKit
import Glibc
import Spool
import Primitives

extension SpoolError {
    /// The exit status of a command that fails because of it.
    var status: ExitStatus {
        if isFull { return .temporary }
        return switch errno?.code {
        case EACCES?, EPERM?: .permission
        case ENOENT?: .unavailable
        default: operation == .create || operation == .rename ? .cannotCreate : .inputOutput
        }
    }

    /// Why a number is not known, beside the number.
    var note: String {
        switch errno?.code {
        case EACCES?, EPERM?: "this user may not look into \(path)"
        case ENOENT?: "\(path) is missing"
        default: description
        }
    }
}

extension Folder {
    /// The folders that files wait in, in the order of their way.
    static let waiting: [Folder] = [.incoming, .active, .deferred, .held, .rejected]
}
