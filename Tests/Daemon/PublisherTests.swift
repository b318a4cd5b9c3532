import EventModel
import Foundation
import PluginKit
import Testing

@testable import Daemon

/// `[publishers.NAME]`: who speaks for whom.
@Suite struct PublisherTests {
    private func read(_ text: String) throws -> (Publishers, [String]) {
        let value = try #require(Toml.parse(Array(text.utf8), file: "t.toml").root)
        guard case .table(let sections) = value.content, let section = sections.first else { return (Publishers(), []) }
        var faults: [SettingFault] = []
        let publishers = Publishers.read(section.value, &faults)
        return (publishers, faults.map(\.description))
    }

    @Test func withoutSectionsAllSubmittersAreOnePublisher() {
        #expect(Publishers().publisher(of: 0) == nil)
    }

    @Test func aUserSpeaksForThePublisherThatNamesItOrItsGroup() throws {
        let (publishers, faults) = try read(
            "[publishers.desk]\nusers = [\"root\", 4711]\n[publishers.venue]\ngroups = [\"daemon\"]\n")
        #expect(faults == [])
        #expect(publishers.names == ["desk", "venue"])
        #expect(publishers.publisher(of: 0) == "desk")
        #expect(publishers.publisher(of: 4711) == "desk")
        let daemon = try #require(getpwnam("daemon")).pointee.pw_uid
        #expect(publishers.publisher(of: daemon) == "venue")
    }

    @Test func whoeverSpeaksForNoneIsAPublisherAlone() throws {
        let (publishers, _) = try read("[publishers.desk]\nusers = [4711]\n")
        #expect(publishers.publisher(of: 4712) == UpdateSource.lonePublisher(of: 4712))
        #expect(publishers.publisher(of: 4713) != publishers.publisher(of: 4712))
    }

    @Test func aUserIsNamedBeforeItsGroups() throws {
        let (publishers, faults) = try read(
            "[publishers.desk]\nusers = [\"daemon\"]\n[publishers.venue]\ngroups = [\"daemon\"]\n")
        #expect(faults == [])
        #expect(publishers.publisher(of: try #require(getpwnam("daemon")).pointee.pw_uid) == "desk")
    }

    @Test(arguments: [
        ("publishers = 3", "t.toml:1:14: publishers is the number 3; write a section [publishers.NAME]"),
        ("[publishers]\ndesk = 3", "publishers.desk is the number 3; write a section [publishers.desk]"),
        ("[publishers.desk]", "nobody speaks for [publishers.desk]; name users or groups, or leave it out"),
        ("[publishers.desk]\nuser = [\"root\"]", "unknown setting user in [publishers.desk]; did you mean \"users\"?"),
        ("[publishers.desk]\nusers = \"root\"", "write a list of names and numbers of users in brackets"),
        (
            "[publishers.desk]\nusers = [\"no such user\"]",
            "t.toml:2:10: no user is called \"no such user\" on this machine"
        ),
        ("[publishers.desk]\ngroups = [\"no such group\"]", "t.toml:2:11: no group is called \"no such group\""),
        ("[publishers.desk]\nusers = [-1]", "-1 is no number of a user"),
        ("[publishers.desk]\nusers = [4294967295]", "4294967295 is no number of a user"),
        ("[publishers.desk]\nusers = [true]", "true is no user; write a name or a number"),
        ("[publishers.\"a desk\"]\nusers = [1]", "\"a desk\" is no name of a publisher"),
        ("[publishers.\"uid:3\"]\nusers = [1]", "\"uid:3\" is no name of a publisher"),
        (
            "[publishers.desk]\nusers = [4711]\n[publishers.venue]\nusers = [4711]",
            "t.toml:4:10: the number 4711 speaks for [publishers.desk] already and can speak for one publisher only"
        ),
        (
            "[publishers.desk]\ngroups = [\"daemon\"]\n[publishers.venue]\ngroups = [1]",
            "speaks for [publishers.desk] already"
        ),
    ])
    func faultsHaveTheirPlaceAndRemedy(text: String, words: String) throws {
        let (_, faults) = try read(text)
        #expect(faults.contains { $0.contains(words) }, "\(faults)")
    }
}
