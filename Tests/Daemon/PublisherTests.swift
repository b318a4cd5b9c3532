import EventModel
import Foundation
import PluginKit
import Testing

@testable import Configuration
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

    @Test func whatBecomesOfAFileWithBadEventsIsThePublishersOwnOrThatOfEverybody() throws {
        let (publishers, faults) = try read(
            """
            [publishers.desk]
            users = [4711]
            partial = "reject"
            [publishers.venue]
            users = [4712]
            [publishers.default]
            partial = "hold"
            """)
        #expect(faults == [])
        #expect(publishers.names == ["desk", "venue"], "it is no publisher")
        #expect(publishers.partial(of: "desk") == .reject)
        #expect(publishers.partial(of: "venue") == .hold)
        #expect(publishers.partial(of: publishers.publisher(of: 4713)) == .hold)
        #expect(Publishers().partial(of: nil) == .accept)
    }

    @Test func withTheSectionOfEverybodyAloneAllSubmittersAreOnePublisher() throws {
        let (publishers, faults) = try read("[publishers.default]\npartial = \"reject\"\n")
        #expect(faults == [])
        #expect(publishers.publisher(of: 4711) == nil)
        #expect(publishers.partial(of: nil) == .reject)
    }

    @Test func whatSubmittersMayDoIsThatOfTheirPublisherElseOfEverybody() throws {
        let (publishers, faults) = try read(
            "[publishers.default]\nmay = [\"announce\"]\n[publishers.desk]\nusers = [4711]\n"
                + "may = [\"announce\", \"change\"]\n")
        #expect(faults == [])
        #expect(publishers.may(of: "desk") == [.announce, .change])
        #expect(publishers.may(of: publishers.publisher(of: 4713)) == [.announce])
        #expect(Publishers().may(of: nil) == [.announce, .change, .cancel])
    }

    @Test func filesThatAreWholeListsAreTheFirstPatternTheyMatch() throws {
        let (publishers, faults) = try read(
            "[publishers.default]\ncomplete = [\"*.ics\"]\n[publishers.desk]\nusers = [4711]\n"
                + "complete = [\"venue-?.ics\", \"venue-*\"]\n[publishers.choir]\nusers = [4712]\ncomplete = []\n")
        #expect(faults == [])
        func list(_ publisher: String?, _ name: String) -> String? {
            publishers.list(of: publisher, named: Array(name.utf8))
        }
        #expect(list("desk", "venue-1.ics") == "venue-?.ics")
        #expect(list("desk", "venue-12.ics") == "venue-*")
        #expect(list("desk", "other.ics") == nil && list("desk", "my venue-1.ics") == nil)
        #expect(list("choir", "venue-1.ics") == nil)
        #expect(list(publishers.publisher(of: 4713), "any.ics") == "*.ics")
        #expect(Publishers().list(of: nil, named: Array("any.ics".utf8)) == nil)
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
        (
            "[publishers.desk]\nusers = [\"987654\"]",
            "t.toml:2:10: no user is called \"987654\" on this machine; to name it by its number, leave out the quotes"
        ),
        ("[publishers.desk]\ngroups = [\"no such group\"]", "t.toml:2:11: no group is called \"no such group\""),
        ("[publishers.desk]\nusers = [-1]", "-1 is no number of a user"),
        ("[publishers.desk]\nusers = [4294967295]", "4294967295 is no number of a user"),
        ("[publishers.desk]\nusers = [true]", "true is no user; write a name or a number"),
        (
            "[publishers.desk]\nusers = [1]\npartial = \"drop\"",
            "t.toml:3:11: publishers.desk.partial is the string \"drop\"; write \"accept\", \"hold\" or \"reject\""
        ),
        ("[publishers.desk]\nusers = [1]\npartial = true", "publishers.desk.partial is true; write \"accept\""),
        ("[publishers.desk]\npartial = \"hold\"", "nobody speaks for [publishers.desk]"),
        ("[publishers.desk]\nusers = [1]\nmode = 3", "there are users, groups, partial, may and complete"),
        (
            "[publishers.desk]\nusers = [1]\nmay = \"announce\"",
            "publishers.desk.may has the string \"announce\"; write a list"
        ),
        (
            "[publishers.desk]\nusers = [1]\nmay = [\"annonce\"]",
            "publishers.desk.may has the string \"annonce\"; write a list"
        ),
        (
            "[publishers.desk]\nusers = [1]\ncomplete = \"*.ics\"",
            "t.toml:3:12: publishers.desk.complete is the string \"*.ics\"; write a list of names of files in brackets"
        ),
        ("[publishers.desk]\nusers = [1]\ncomplete = [3]", "publishers.desk.complete has the number 3; write names"),
        (
            "[publishers.desk]\nusers = [1]\ncomplete = [\"in/a.ics\"]",
            "publishers.desk.complete has the string \"in/a.ics\"; the name of a file has no \"/\": leave the folder out"
        ),
        ("[publishers.desk]\nusers = [1]\ncomplete = [\"\"]", "write the name of a file, or leave it out"),
        ("[publishers.desk]\nusers = [1]\ncomplete = [\"a\", \"a\"]", "the string \"a\"; name it once"),
        (
            "[publishers.default]\nusers = [1]\npartial = \"hold\"",
            "[publishers.default] holds for those who are in no other section; leave users and groups out"
        ),
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
