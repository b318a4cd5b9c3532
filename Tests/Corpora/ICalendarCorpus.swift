import EventFormats
import EventModel
import Foundation

/// What the calendars that others wrote should give, judged by reading each of them: the file, how many updates it holds,
/// the codes for which the reader refuses it, those for which the rules about values do, and why where it is debatable.
/// A file without codes is accepted.
struct ICalendarCorpusCase: Sendable, CustomStringConvertible {
    var name: String
    var updates: Int
    /// What the reader reports at severity held or error.
    var refused: Set<String>
    /// What the validator adds to that.
    var judged: Set<String>

    var description: String { name }

    /// The calendars beside the project; nil where they are not there.
    static var folder: URL? {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appending(path: "shared/corpora/icalendar")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    /// The bytes of the file.
    func bytes() throws -> [UInt8] {
        guard let folder = ICalendarCorpusCase.folder else { return [] }
        return [UInt8](try Data(contentsOf: folder.appending(path: name + ".ics")))
    }

    /// All cases of the table.
    static let all: [ICalendarCorpusCase] = table.split(separator: "\n").map { line in
        let columns = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        func codes(_ column: String) -> Set<String> {
            column == "-" ? [] : Set(column.split(separator: ",").map(String.init))
        }
        return ICalendarCorpusCase(
            name: columns[0], updates: Int(columns[1]) ?? -1, refused: codes(columns[2]), judged: codes(columns[3]))
    }

    private static let table = """
        alarm_etar_future | 1 | - | -
        alarm_etar_notification | 1 | - | -
        alarm_etar_notification_clicked | 1 | - | -
        alarm_google_acknowledged | 1 | - | -
        alarm_google_future | 1 | - | -
        alarm_thunderbird_2_future | 1 | - | -
        alarm_thunderbird_2_notification_5_min_postponed | 1 | - | -
        alarm_thunderbird_2_notification_5_min_postponed_and_closed | 1 | - | -
        alarm_thunderbird_2_notification_5_min_postponed_and_popped_up | 1 | - | -
        alarm_thunderbird_2_notification_popped_up | 1 | - | -
        alarm_thunderbird_closed | 1 | - | -
        alarm_thunderbird_future | 1 | - | -
        alarm_thunderbird_snoozed_until_1457 | 1 | - | -
        america_new_york | 1 | - | -
        america_new_york_forward_reference | 1 | invalid-date | - | two different DTSTARTs, the second surely meant as DTEND: a person has to say
        big_bad_calendar | 20 | truncated,invalid-identifier | missing-start | 20 empty events, and the VCALENDAR never ends
        bom_calendar | 0 | no-event | - | a byte order mark, and nothing in the calendar
        broken_dtstart | 1 | invalid-date | - | DTSTART:INVALID-DATE
        broken_ical | 1 | - | - | DTSTART;;VALUE=…: an empty parameter does no harm
        calendar_with_unicode | 0 | no-event | - | an empty calendar
        created_calendar_with_unicode_fields | 3 | invalid-identifier | missing-start | three events, the last without a start
        empty | 0 | no-event | - | an empty calendar
        empty_RDATE | 0 | no-event | - | a DAYLIGHT and no event
        event_with_escaped_character1 | 1 | invalid-identifier | missing-start | says no start
        event_with_escaped_character2 | 1 | invalid-identifier | missing-start | says no start
        event_with_escaped_character3 | 1 | invalid-identifier | missing-start | says no start
        event_with_escaped_character4 | 1 | invalid-identifier | missing-start | says no start
        event_with_escaped_characters | 1 | invalid-identifier | missing-start | says no start
        event_with_recurrence | 1 | - | - | floating start, EXDATE in UTC: read by the clock
        event_with_recurrence_exdates_on_different_lines | 1 | - | -
        event_with_rsvp | 1 | invalid-identifier | missing-start | says no start
        event_with_unicode_fields | 1 | - | -
        event_with_unicode_organizer | 1 | invalid-identifier | missing-start | says no start
        example | 3 | - | - | DTEND on the day of DTSTART: one day, as many write it
        fuzz_testcase_0_char_in_component_name | 0 | control-character,truncated | - | BEGIN with a NUL, never ended
        fuzz_testcase_invalid_month | 0 | truncated | - | a component V that never ends
        fuzz_testcase_vtimezone_lone_cr | 0 | no-event | - | form feeds and a vertical tab are dropped; no VEVENT
        invalid_duration | 1 | - | - | a duration of 10^18 weeks is left out
        issue_100_transformed_doctests_into_unittests | 1 | - | missing-start | says no start
        issue_101_icalendar_chokes_on_umlauts_in_organizer | 1 | - | -
        issue_104_broken_calendar | 1 | - | - | a line 'X' is left out with a warning
        issue_104_mark_events_broken | 1 | - | - | a line 'X' is left out with a warning
        issue_1050_all_components | 1 | - | -
        issue_1050_calendar_with_events_and_todos | 2 | - | -
        issue_1050_empty_calendar | 0 | no-event | - | an empty calendar
        issue_1050_forward_timezone_reference | 1 | - | -
        issue_1050_multiple_calendars | 2 | - | missing-start | says no start
        issue_1050_simple_calendar | 1 | - | -
        issue_1050_timezone_only_calendar | 0 | no-event | - | no VEVENT
        issue_1050_uid_in_description | 2 | - | missing-start | says no start
        issue_1081_empty_rdate | 1 | - | - | an empty RDATE says nothing
        issue_1081_event_with_rrule | 1 | - | -
        issue_1081_freebusy_comma_separated | 0 | no-event | - | no VEVENT
        issue_1081_invalid_rrule_freq | 1 | invalid-rrule | - | FREQ=INVALID_TYPE…
        issue_1081_invalid_start_and_end | 1 | invalid-date | - | neither DTSTART nor DTEND is a date
        issue_1081_invalid_start_valid_end | 1 | invalid-date | - | DTSTART:INVALID-DATE
        issue_1081_list_of_properties | 1 | - | -
        issue_1081_tzid_param | 1 | - | -
        issue_1081_with_summary | 1 | - | missing-start | says no start
        issue_112_missing_tzinfo_on_exdate | 1 | - | -
        issue_1231_recurrence | 1 | - | - | a replaced date alone
        issue_1238 | 0 | no-event | - | an empty calendar
        issue_127_categories_with_commas | 1 | - | -
        issue_1426 | 1 | - | -
        issue_1426_value_parameters | 1 | - | -
        issue_1549_binary_attachment | 1 | - | missing-start | says no start
        issue_1561_image_value | 4 | - | missing-start | says no start
        issue_156_RDATE_with_PERIOD | 1 | - | -
        issue_156_RDATE_with_PERIOD_TZID_khal | 1 | - | - | a Windows zone name; no UID
        issue_156_RDATE_with_PERIOD_TZID_khal_2 | 1 | - | - | a zone only the file defines
        issue_156_RDATE_with_PERIOD_list | 1 | - | -
        issue_157_removes_trailing_semicolon | 1 | - | - | a semicolon at the end of a rule
        issue_1633_freebusy_with_dates | 0 | no-event | - | no VEVENT
        issue_1633_rdate_with_dates | 1 | - | - | periods of days, read as days
        issue_1633_rdate_with_dates_and_tzid | 1 | - | - | periods of days, read as days
        issue_165_missing_event | 1 | - | - | blanks in BYDAY; a nameless zone with the times of Berlin
        issue_168_expected_output | 1 | - | -
        issue_168_input | 1 | - | - | a line without a colon is left out with a warning
        issue_178_component_with_invalid_name_represented | 0 | no-event | - | no VEVENT
        issue_178_custom_component_contains_other | 0 | no-event | - | an event within a component that is no calendar
        issue_178_custom_component_inside_other | 0 | no-event | - | no VEVENT
        issue_184_broken_representation_of_period | 1 | - | -
        issue_218_bad_tzid | 1 | - | - | TZID UTC+11, defined in the file
        issue_237_fail_to_parse_timezone_with_non_ascii_tzid | 1 | - | - | a zone only the file defines
        issue_27_multiple_periods_in_freebusy_multiple_freebusies | 0 | no-event | - | no VEVENT
        issue_27_multiple_periods_in_freebusy_one_freebusy | 0 | no-event | - | no VEVENT
        issue_313_globally_unique_tzid | 3 | - | - | vendors' prefixes before IANA names
        issue_321_assert_dst_offset_is_not_false | 1 | - | -
        issue_322_expected_calendar | 1 | - | missing-start | says no start
        issue_348_exception_parsing_value | 1 | - | - | lines without values, in the VFREEBUSY
        issue_350 | 1 | - | - | a line after END:VCALENDAR; LOCATION:online
        issue_351_whitespace_in_property_and_params | 1 | - | - | a malformed property of the calendar
        issue_355_url_escaping | 1 | - | - | ends when it starts
        issue_355_url_escaping_2 | 1 | - | - | ends when it starts
        issue_355_url_escaping_empty_param | 1 | invalid-identifier | missing-start | says no start
        issue_464_invalid_rdate | 1 | unreadable-exception | - | RDATE of 199709T…: a date would be missed
        issue_466_convert_tzid_with_slash | 1 | - | -
        issue_466_respect_unique_timezone | 1 | - | - | a zone of its own with the times of Berlin
        issue_526_calendar_with_different_events | 2 | unknown-timezone | - | a TZID that nobody defines
        issue_526_calendar_with_event_subset | 1 | unknown-timezone | - | a TZID that nobody defines
        issue_526_calendar_with_events | 2 | unknown-timezone | - | a TZID that nobody defines
        issue_526_calendar_with_shuffeled_events | 2 | unknown-timezone | - | a TZID that nobody defines
        issue_53_description_parsed_properly | 1 | - | -
        issue_64_event_with_ascii_summary | 1 | - | missing-start | says no start
        issue_64_event_with_non_ascii_summary | 1 | - | missing-start | says no start
        issue_70_rrule_causes_attribute_error | 1 | - | - | floating times
        issue_722_missing_VTIMEZONE_custom | 1 | unknown-timezone | - | a TZID that nobody defines
        issue_722_missing_timezones | 3 | invalid-identifier | missing-start | IANA names without VTIMEZONE are known; the second event has no start
        issue_722_timezone_transition_ambiguity | 4 | - | - | a zone only the file defines
        issue_798_freebusy | 0 | no-event | - | no VEVENT
        issue_798_related_to | 2 | invalid-identifier | missing-start | says no start
        issue_82_expected_output | 1 | invalid-identifier | missing-start | says no start
        issue_836_do_not_quote_tzid | 1 | - | -
        multiple_calendar_components | 3 | - | - | two calendars; blank lines within folds
        multiple_timezones | 3 | unreadable-exception | - | RDATE;VALUE=TIME: no date to repeat on
        pacific_fiji | 1 | invalid-date | - | two different DTSTARTs
        parsing_error | 2 | - | - | an empty EXDATE says nothing
        parsing_error_in_UTC_offset | 0 | no-event | - | no VEVENT
        period_with_timezone | 1 | - | -
        pr_480_summary_with_colon | 2 | truncated | missing-start | the VCALENDAR never ends; what followed may be lost
        property_params | 1 | - | - | guests are not kept
        rfc_5545_RDATE_example | 6 | - | - | dates to repeat on and no DTSTART: the dates say when
        rfc_6868 | 1 | invalid-identifier | missing-start | says no start
        rfc_7256_multi_value_parameters | 2 | - | missing-start | says no start
        rfc_7265_appendix_example_1_ical | 1 | - | - | a day without VALUE=DATE
        rfc_7265_appendix_example_2_ical | 1 | - | - | a series and a replaced date: one update
        rfc_7265_example_1 | 0 | no-event | - | an empty calendar
        rfc_7265_example_4 | 1 | - | -
        rfc_7265_request_status | 1 | invalid-identifier | missing-start | says no start
        rfc_7529 | 4 | invalid-rrule | - | rules of other calendar scales (RSCALE) are refused
        rfc_7953_3 | 0 | no-event | - | availability only
        rfc_7986_conferences | 1 | invalid-identifier | missing-start | online, and no start
        rfc_7986_image | 2 | - | missing-start | says no start
        rfc_7986_properties | 0 | no-event | - | an empty calendar
        rfc_9074_example_1 | 1 | - | -
        rfc_9074_example_2 | 1 | - | -
        rfc_9074_example_3 | 1 | - | -
        rfc_9074_example_4 | 1 | - | -
        rfc_9074_example_proximity | 1 | invalid-identifier | missing-start | says no start
        rfc_9253_examples | 2 | - | -
        rfc_9253_gap | 2 | - | missing-start | says no start
        rfc_9253_related_to | 1 | - | missing-start | says no start
        small_bad_calendar | 1 | truncated,invalid-identifier | missing-start | an empty event, and the VCALENDAR never ends
        time | 0 | no-event | - | an empty calendar
        timezone_rdate | 1 | - | - | SUMMARY=…: left out with a warning, so without a name
        timezone_same_start | 1 | - | -
        timezone_same_start_and_offset | 1 | truncated | - | ends in END:VCALENDARD: whether something followed cannot be told
        timezoned | 1 | - | -
        x_location | 1 | - | -
        """
}
