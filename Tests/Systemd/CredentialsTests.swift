import Foundation
import Testing

@testable import Systemd

struct CredentialsTests {
    private let folder: ScratchFolder
    private let credentials: Credentials

    init() throws {
        folder = try ScratchFolder()
        credentials = Credentials(directory: folder.path)
    }

    @Test func aSecretIsReadAsItIs() throws {
        let secret = [UInt8](0...255) + Array("\n".utf8)
        try folder.write(secret, to: "smtp-password")
        #expect(try credentials.read("smtp-password") == secret)
    }

    @Test func oneThatIsNotThereIsNil() throws {
        #expect(try credentials.read("smtp-password") == nil)
        #expect(try Credentials(directory: folder.path + "/none").read("smtp-password") == nil)
    }

    @Test(arguments: ["", ".", "..", "../passwd", "/etc/passwd", "a/b", "a\0b"])
    func aNameIsNoPath(_ name: String) {
        let error = #expect(throws: SystemdError.self) { try credentials.read(name) }
        #expect(error?.code == EINVAL)
    }

    @Test func anEmptySecretIsNeverMeant() throws {
        try folder.write([], to: "token")
        let error = #expect(throws: SystemdError.self) { try credentials.read("token") }
        #expect(error?.description.contains("the credential is empty") == true)
    }

    @Test func theLimitIsOneMebibyte() throws {
        try folder.write([UInt8](repeating: 7, count: Credentials.maxBytes), to: "large")
        #expect(try credentials.read("large")?.count == Credentials.maxBytes)
        try folder.write([UInt8](repeating: 7, count: Credentials.maxBytes + 1), to: "large")
        let error = #expect(throws: SystemdError.self) { try credentials.read("large") }
        #expect(error?.code == EFBIG)
    }

    @Test func aLinkIsNotFollowed() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: "/etc/hostname")
        let error = #expect(throws: SystemdError.self) { try credentials.read("link") }
        #expect(error?.code == ELOOP)
    }
}
