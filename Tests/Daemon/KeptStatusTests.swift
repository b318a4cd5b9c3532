import CommandLineKit
import EventModel
import Systemd
import Testing

@testable import Daemon
@testable import Requests

/// What people read of a change of an event that does not take place.
@Suite struct KeptStatusTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private static func calendar(_ place: String, _ status: String, by program: String, _ day: Int) -> String {
        """
        BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:\(program)\r\nBEGIN:VEVENT\r\nUID:c1\r\nDTSTAMP:2020010\(day)T000000Z\r\n\
        DTSTART:20310314T190000Z\r\nSUMMARY:Concert\r\nLOCATION:\(place)\r\nSTATUS:\(status)\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n
        """
    }

    private static func document(_ place: String, _ status: String, _ sequence: Int) -> String {
        DecisionRoom.concert("c1", sequence: sequence).replacing("Town Hall", with: place).dropLast()
            + ",\"eventStatus\":\"https://schema.org/\(status)\"}"
    }

    @Test(arguments: [
        // The export goes on saying that it takes place, which is no news: the desk has cancelled it.
        (
            "cancelled",
            [
                calendar("Town Hall", "CONFIRMED", by: "export", 1), calendar("Town Hall", "CANCELLED", by: "desk", 2),
                calendar("City Hall", "CONFIRMED", by: "export", 3),
            ]
        ),
        (
            "postponed",
            [
                document("Town Hall", "EventScheduled", 1), document("Town Hall", "EventPostponed", 2),
                document("City Hall", "EventPostponed", 3),
            ]
        ),
    ])
    func aCorrectionOfWhatDoesNotTakePlaceSaysThatItDoesNot(word: String, files: [String]) async throws {
        for (number, text) in files.enumerated() {
            try room.drop("\(number).ics", text)
            #expect(try await desk.run() == .ok)
        }
        let message = try #require(try room.messages(.deliveryAccepted).last)
        #expect(
            message.hasPrefix("2.ics: accepted: “Concert” is corrected, and is still \(word): place was "), "\(message)"
        )
        #expect(try desk.feed().contains("Corrected (\(word)): Concert"))
    }
}
