import EventFormats
import EventModel
import PluginKit
import Testing

@testable import Validator

@Suite struct ValidatorRuleTests {
    @Test func aSoundEventHasNothingToSay() {
        #expect(ValidatorCases.printed(ValidatorCases.event("")) == [])
    }

    @Test(arguments: [
        (
            #""identifier":" e1""#,
            "2:14: error invalid-identifier: the identifier ' e1' begins or ends with a space; remove it"
        ),
        (
            #""identifier":"e\u0007""#,
            "2:14: error invalid-identifier: the identifier holds the control character U+0007; remove it"
        ),
        (
            #""sequence":-1"#,
            "2:12: warning negative-sequence: sequence -1 is below 0 and is not used; count revisions upwards from 0, by "
                + "one each"
        ),
        (
            #""sequence":4,"tidings:references":[{"uid":"e1","sequence":4}]"#,
            "2:35: error self-reference: the update names itself as what it replaces; name the earlier revision, or "
                + "remove the reference"
        ),
        (
            #""dateModified":"2026-10-01T00:00Z","tidings:references":[{"uid":"x","issuedAt":"2026-10-02T00:00Z"}]"#,
            "2:57: warning postdated-reference: the update is of 2026-10-01T00:00:00Z and replaces one of "
                + "2026-10-02T00:00:00Z, which is later; correct one of the times"
        ),
        (
            #""tidings:uidOrigin":"derived","tidings:kind":"update""#,
            "1:1: warning update-without-reference: this changes an event and does not say which; give the event's "
                + "uid, or name it as a reference"
        ),
        (
            #""tidings:visibility":"private""#,
            "2:22: warning private: the event is private: it is archived and appears nowhere; make it public to show it"
        ),
        (
            #""tidings:embargoUntil":"2026-11-02T00:00Z""#,
            "2:24: warning embargoed: nothing of this event is shown before 2026-11-02T00:00:00Z; send an update to "
                + "change that"
        ),
        (#""name":" ""#, "2:8: error missing-name: the event has no name; add the headline that people know it by"),
        (
            #""name":"Ga\u0000la""#,
            "2:8: error control-character: the text holds the character NUL (U+0000), which only damaged text does; "
                + "remove it and send the file anew"
        ),
        (
            #""description":"Tom &amp; <b>Jerry</b>""#,
            "2:15: warning markup-in-text: the text holds &amp;, which is shown as it stands and not as markup; "
                + "write plain text"
        ),
        (
            #""inLanguage":"English""#,
            "2:14: warning invalid-language: the language 'English' is no language tag and is left out; write one such as "
                + "\"en\" or \"de-CH\""
        ),
        (
            #""url":"gala.html""#,
            "2:8: warning invalid-uri: the link 'gala.html' is no whole address and is left out; write it with its "
                + "beginning, such as https://"
        ),
        (
            #""sameAs":"https://e.example/a b""#,
            "2:11: warning invalid-uri: the link 'https://e.example/a b' holds a space and is left out; percent-encode it"
        ),
        (
            #""url":"javascript:alert(1)""#,
            "2:8: warning invalid-uri: the link 'javascript:alert(1)' runs or embeds something instead of leading to a "
                + "page and is left out; link to a page"
        ),
        (
            #""startDate":"""#,
            "1:1: error missing-start: the event does not say when it starts; add a start, or say that it is "
                + "postponed or cancelled"
        ),
        (
            #""endDate":"2026-11-28T18:00:00+01:00""#,
            "2:11: warning start-after-end: the end '2026-11-28T18:00:00+01:00' lies before the start "
                + "'2026-11-28T19:30:00+01:00' and is left out; if the event ends after midnight, give the end the date of "
                + "the next day"
        ),
        (
            #""endDate":"2026-11-29""#,
            "2:11: warning mixed-date-and-datetime: the start '2026-11-28T19:30:00+01:00' has a time of day and the end "
                + "'2026-11-29' has none: the end is left out; give both a time, or neither"
        ),
        (
            #""endDate":"2026-12-24T19:30:00+01:00""#,
            "2:11: warning implausible-duration: the event lasts from 2026-11-28T19:30:00+01:00 to "
                + "2026-12-24T19:30:00+01:00, longer than 7 days; if that is not meant, correct the end"
        ),
        (
            #""startDate":"2026-11-28T00:00:00+01:00""#,
            "2:13: warning midnight-as-unknown-time: the event starts at midnight; if the time is not known, give "
                + "only the date 2026-11-28"
        ),
        (
            #""startDate":"2026-10-30""#,
            "2:13: warning event-in-past: the event was over on 2026-10-30; if that is not meant, correct its date"
        ),
        (
            #""previousStartDate":"2026-11-20""#,
            "2:21: warning previous-start-without-status: a previous start, 2026-11-20, is given and the event is not "
                + "said to be rescheduled; set its status to rescheduled"
        ),
        (
            #""eventStatus":"EventRescheduled""#,
            "2:15: warning rescheduled-without-previous-start: the event is rescheduled and does not say from when; "
                + "add its previous start"
        ),
        (
            #""startDate":"2026-11-28T19:30:00""#,
            "2:13: warning missing-timezone: the start has neither an offset nor a time zone, so that nobody elsewhere "
                + "knows when it is; write it as 2026-11-28T19:30:00+01:00, or name the zone"
        ),
        (
            #""tidings:recurrenceRule":"FREQ=WEEKLY""#,
            "1:94: warning missing-timezone: the event repeats and names no time zone, so that it shifts when clocks "
                + "change; name the zone"
        ),
        (
            #""tidings:timeZone":"CET+1""#,
            "2:20: error unknown-timezone: 'CET+1' is no time zone of the IANA database; write a name such as "
                + "Europe/Zurich"
        ),
        (
            #""tidings:timeZone":"America/New_York""#,
            "1:94: error offset-disagrees-with-zone: 2026-11-28T19:30:00 is stated with the offset +01:00, and "
                + "America/New_York has -05:00 then; correct one of them"
        ),
        (
            #""startDate":"2027-03-28T02:30","tidings:timeZone":"Europe/Zurich""#,
            "2:13: warning nonexistent-local-time: the clocks of Europe/Zurich skip 2027-03-28T02:30:00, when they are "
                + "set forward; correct the time"
        ),
        (
            #""startDate":"2027-10-31T02:30","tidings:timeZone":"Europe/Zurich""#,
            "2:13: warning ambiguous-local-time: the clocks of Europe/Zurich show 2027-10-31T02:30:00 twice, when they "
                + "are set back; add the offset, +02:00 or +01:00"
        ),
        (
            #""location":[]"#,
            "1:1: error missing-location: the event does not say where it is; add a place (a city is enough), or the "
                + "address to attend online"
        ),
        (
            #""location":[],"eventAttendanceMode":"OnlineEventAttendanceMode""#,
            "1:1: warning missing-location: the event does not say where it is; add a place (a city is enough), or the "
                + "address to attend online"
        ),
        (
            #""location":{"name":"Hall","geo":{"latitude":92.5,"longitude":7}}"#,
            "2:45: warning geo-out-of-range: the latitude 92.5 is on no map, and the coordinates are left out; degrees "
                + "north go from -90 to 90"
        ),
        (
            #""location":{"name":"Hall","geo":{"latitude":9,"longitude":-181}}"#,
            "2:59: warning geo-out-of-range: the longitude -181.0 is on no map, and the coordinates are left out; degrees "
                + "east go from -180 to 180"
        ),
        (
            #""location":[],"subEvent":[{"identifier":"a","startDate":"2026-12-01","location":"X"},"#
                + #"{"identifier":"b","startDate":"2026-12-01","location":"X"}]"#,
            "2:86: warning duplicate-occurrence: occurrence 2 has the same start and place as occurrence 1; remove one"
        ),
    ])
    func saysWhatIsWrongAndWhatToDo(members: String, expected: String) {
        #expect(ValidatorCases.printed(ValidatorCases.event(members)) == [expected])
    }

    /// What looks odd and is right.
    @Test(arguments: [
        #""name":"a < b & c > d; R&B; 3 <3""#, #""name":"שלום\u200f עולם""#, #""inLanguage":"zh-Hant-TW""#,
        #""inLanguage":"x-klingon""#, #""url":"https://münchen.example/straße?q=1#top""#,
        #""url":"mailto:a@example.org""#,
        #""url":"urn:uuid:1""#, #""identifier":"upd 7 é""#, #""endDate":"2026-11-28T19:30:00+01:00""#,
        #""startDate":"2026-11-28","endDate":"2026-11-28""#, #""startDate":"2026-11-01""#, #""startDate":"2026-10-31""#,
        #""startDate":"2026-11""#, #""startDate":"2026""#,
        #""startDate":"2026-11-28T00:00:00+01:00","endDate":"2026-11-28T02:00:00+01:00""#,
        #""startDate":"2026-11-28T23:30:00-05:00","endDate":"2026-11-29T06:00:00+01:00""#,
        #""eventStatus":"EventRescheduled","previousStartDate":"2026-11-20""#,
        #""startDate":"2027-10-31T02:30+01:00","tidings:timeZone":"Europe/Zurich""#,
        #""startDate":"2026-11-28T19:30Z""#, #""description":"Joiners: 👩‍👩‍👧 are text\n\tand tabs are""#,
        #""location":{"address":{"addressLocality":"Paris"}}"#, #""location":{"geo":{"latitude":-90,"longitude":180}}"#,
        #""tidings:references":[{"uid":"e1","sequence":3}],"sequence":4"#,
        #""startDate":"2020-01-01T10:00Z","tidings:timeZone":"Etc/UTC","tidings:recurrenceRule":"FREQ=WEEKLY""#,
    ])
    func letsPass(members: String) {
        #expect(ValidatorCases.printed(ValidatorCases.event(members)) == [])
    }

    @Test(arguments: [
        #"{"@type":"Event","identifier":"e1","eventStatus":"https://schema.org/EventCancelled"}"#,
        #"{"@type":"Event","identifier":"e1","name":"Gala","location":"X","eventStatus":"EventPostponed"}"#,
    ])
    func aCancellationNeedsAnIdentifierOnly(json: String) {
        #expect(ValidatorCases.printed(json) == [])
    }

    @Test func doesNotRepeatWhatTheReaderSaid() {
        let codes = ValidatorCases.printed(#"{"@type":"Event","name":"Gala","startDate":"2026-02-30","location":"X"}"#)
        #expect(codes.count == 2)
        #expect(codes.contains { $0.hasPrefix("1:1: warning uid-derived") })
        #expect(codes.contains { $0.hasPrefix("1:44: error invalid-date") })
    }

    @Test func placesAreWarnedAboutInCalendars() {
        let calendar = """
            BEGIN:VCALENDAR\r
            VERSION:2.0\r
            PRODID:-//Example//EN\r
            BEGIN:VEVENT\r
            UID:a@example.org\r
            DTSTAMP:20261101T000000Z\r
            DTSTART;VALUE=DATE:20261128\r
            END:VEVENT\r
            END:VCALENDAR\r

            """
        let found = ValidatorCases.printed(calendar)
        #expect(found.contains { $0.contains("warning missing-location") })
        #expect(found.contains { $0.contains("warning missing-name") })
        #expect(!found.contains { $0.contains("error") })
    }

    @Test func manyUpdatesAreExaminedInReasonableTime() {
        let events = (0..<900).map {
            #"{"@type":"Event","identifier":"\#($0)","name":"Gala","startDate":"2020-01-01","location":"X"}"#
        }
        let found = ValidatorCases.printed("[" + events.joined(separator: ",") + "]")
        #expect(found.count == 900)
        #expect(found.last?.contains("event-in-past") == true)
    }
}
