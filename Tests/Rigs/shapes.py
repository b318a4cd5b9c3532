"""The dearest inputs that we know: for each format shapes that grow to a size, within the limits of a file."""
import itertools
import json
import re


class Room:
    """How large a file may become: bytes, lines or JSON values, updates, occurrences of an event, levels, words."""

    def __init__(self, size, nodes, updates, occurrences, nesting, words=0):
        self.size, self.nodes, self.updates, self.occurrences, self.nesting = size, nodes, updates, occurrences, nesting
        self.words = words

    def count(self, each, most=None, spent=0):
        """How many things of that many bytes have room."""
        return max(1, min(most or self.size, (self.size - spent) // max(1, each)))

    def repeat(self, unit, spent=0):
        return unit * ((self.size - spent) // len(unit.encode()))


# iCalendar

EVENT = ("BEGIN:VEVENT", "UID:{n}@x", "DTSTAMP:20261101T090000Z", "DTSTART:20270101T100000Z", "SUMMARY:A", "LOCATION:B")
PLAIN = "\r\n".join(EVENT).format(n="one") + "\r\n"
OPEN, END, CLOSE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", "END:VEVENT\r\n", "END:VCALENDAR\r\n"
FRAME = len(OPEN + PLAIN + END + CLOSE) + 8


def calendar(*parts):
    return OPEN + "".join(parts) + CLOSE


def lines(room, make, before="", after="", most=None):
    """One event with as many lines as have room; `before` stands before the event."""
    spent = FRAME + len(before) + len(after)
    made, size = [], spent
    for n in range(min(most or room.nodes, room.nodes - 20 - before.count("\n"))):
        line = make(n) + "\r\n"
        size += len(line.encode())
        if size > room.size:
            break
        made.append(line)
    return calendar(before, PLAIN, *made, after, END)


def events(room, *more, before=""):
    made, size, count = [], len(OPEN + CLOSE + before), before.count("\n") + 4
    for n in range(room.updates):
        event = "\r\n".join((*EVENT, *more)).format(n=n, second=n % 60, minute=n // 60 % 60, hour=n // 3600 % 24) + "\r\n" + END
        size, count = size + len(event), count + event.count("\n")
        if size > room.size or count > room.nodes:
            break
        made.append(event)
    return calendar(before, *made)


def day(n):
    return f"{2027 + n // 336}{n // 28 % 12 + 1:02}{n % 28 + 1:02}"


def days(count):
    return map(day, range(count))


def long_values(room, name, most, form="{}T100000Z", after=""):
    """One line with many dates."""
    count = room.count(len(form) + 7, most, FRAME + len(after) + 20)
    return calendar(PLAIN, after, name + ",".join(form.format(each) for each in days(count)) + "\r\n", END)


def zone(name, observances, rule=""):
    made = [f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n"]
    for n in range(observances):
        kind = ("STANDARD", "DAYLIGHT")[n % 2]
        made.append(
            f"BEGIN:{kind}\r\nDTSTART:{1970 + n % 60}{n // 60 % 12 + 1:02}01T020000\r\n{rule}"
            f"TZOFFSETFROM:+0{n % 2 + 1}00\r\nTZOFFSETTO:+0{(n + 1) % 2 + 1}00\r\nEND:{kind}\r\n")
    return "".join(made) + "END:VTIMEZONE\r\n"


def zoned_times(room, rule=""):
    """Half of the room for the observances of a zone, half for times in it."""
    observances = room.count(2 * 90, room.nodes // 12)
    before = zone("Own", observances, rule)
    count = room.count(17, room.occurrences - 1, len(before) + FRAME + 40)
    moments = ",".join(f"{each}T100000" for each in days(count))
    return calendar(before, PLAIN, f"RDATE;TZID=Own:{moments}\r\n", END)


def zoned_exceptions(room):
    observances = room.count(2 * 90, room.nodes // 12)
    before = zone("Own", observances)
    count = room.count(17, None, len(before) + FRAME + 80)
    moments = ",".join(f"{each}T100000" for each in days(count))
    event = PLAIN.replace("DTSTART:20270101T100000Z", "DTSTART;TZID=Own:20270101T100000")
    return calendar(before, event, f"EXDATE;TZID=Own:{moments}\r\n", END)


def zoned_events(room, rule=""):
    observances = room.count(2 * 90, room.nodes // 12)
    before = zone("Own", observances, rule)
    made, size, n = [], len(before) + FRAME, before.count("\n")
    for number in range(room.updates):
        event = "\r\n".join(EVENT).format(n=number).replace("DTSTART:20270101T100000Z", "DTSTART;TZID=Own:20270101T100000") + "\r\n" + END
        size, n = size + len(event), n + 7
        if size > room.size or n > room.nodes:
            break
        made.append(event)
    return calendar(before, *made)


def many_zones(room):
    half = Room(room.size // 2, room.nodes // 2, room.updates, room.occurrences, room.nesting)
    count = half.count(140, half.nodes // 9)
    before = "".join(zone(f"Z{n}", 1) for n in range(count))
    return lines(room, lambda n: f"RDATE;TZID=Z{n % count}:{day(n)}T100000", before)


ICALENDAR = {
    "events": lambda room: events(room),
    "events with long texts": lambda room: events(room, "DESCRIPTION:" + "a word " * max(1, (room.size // room.updates - 140) // 7)),
    "events with ends and links that are left out": lambda room: events(room, "DTEND:20270101T090000Z", "URL:x", "SEQUENCE:20270101090000", "GEO:", "no line"),
    "one event of ends that are left out": lambda room: events(
        room, "RECURRENCE-ID:20270101T{hour:02}{minute:02}{second:02}Z", "DTEND:20260101T090000Z").replace("UID:", "UID:same\r\nX-N:"),
    "control characters": lambda room: lines(room, lambda n: "X-A:" + "b\x07" * 400),
    "one event again and again": lambda room: events(room).replace("@x", "").replace("UID:", "UID:same\r\nX-N:"),
    "overrides of one series": lambda room: events(room, "RECURRENCE-ID:20270101T{hour:02}{minute:02}{second:02}Z").replace(
        "UID:", "UID:same\r\nX-N:"),
    "RDATEs on one line": lambda room: long_values(room, "RDATE:", room.occurrences - 1),
    "RDATEs on lines": lambda room: lines(room, lambda n: f"RDATE:2027{n // 28 % 12 + 1:02}{n % 28 + 1:02}T{n // 336 % 24:02}0000Z", most=room.occurrences - 1),
    "RDATEs beyond the limit": lambda room: long_values(room, "RDATE:", None),
    "periods": lambda room: long_values(room, "RDATE;VALUE=PERIOD:", room.occurrences - 1, "{}T100000Z/PT1H"),
    "EXDATEs on one line": lambda room: long_values(room, "EXDATE:", None, after="RRULE:FREQ=DAILY;COUNT=900\r\n"),
    "EXDATEs on lines": lambda room: lines(room, lambda n: f"EXDATE:2027{n // 28 % 12 + 1:02}{n % 28 + 1:02}T{n // 336 % 24:02}0000Z"),
    "EXDATEs and RDATEs": lambda room: lines(
        room, lambda n: f"{('EX', 'R')[n % 2]}DATE:{2027 + n // 672}{n // 56 % 12 + 1:02}{n // 2 % 28 + 1:02}T100000Z", most=2 * room.occurrences - 2),
    "a zone of many observances": lambda room: zoned_times(room),
    "a zone of many rules": lambda room: zoned_times(room, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"),
    "exceptions in a zone of many observances": zoned_exceptions,
    "events in a zone of many observances": zoned_events,
    "events in a zone of many rules": lambda room: zoned_events(room, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"),
    "many zones": many_zones,
    "a zone's name of many parts": lambda room: long_values(room, "EXDATE;TZID=" + "a/" * 120 + ":", None, "{}T100000"),
    "zones' names of many parts": lambda room: lines(room, lambda n: f"RDATE;TZID={'a_' * 14}b{n}/c/d:{day(n)}T100000"),
    "a long line": lambda room: calendar(PLAIN, "DESCRIPTION:", "x" * (room.size - FRAME), "\r\n", END),
    "a line folded at each byte": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("\n x", FRAME + 20)[: 3 * (room.nodes - 30)], "\r\n", END),
    "escapes": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("\\n", FRAME + 20), "\r\n", END),
    "markup": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("<a ", FRAME + 20), "\r\n", END),
    "markup that is closed": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("<b>x</b>", FRAME + 20), "\r\n", END),
    "entities": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("&amp;", FRAME + 20), "\r\n", END),
    "control characters": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("\x0b", FRAME + 20), "\r\n", END),
    "directions": lambda room: calendar(PLAIN, "DESCRIPTION:", room.repeat("\u202e", FRAME + 20), "\r\n", END),
    "bytes that are not UTF-8": lambda room: calendar(PLAIN, "DESCRIPTION:", "\udcff" * (room.size - FRAME - 20), "\r\n", END),
    "parameters": lambda room: calendar(PLAIN, "X-A", room.repeat(";A=b", FRAME + 20), ":c\r\n", END),
    "quoted parameters": lambda room: calendar(PLAIN, 'X-A;A="', room.repeat('","', FRAME + 20), '":c\r\n', END),
    "categories": lambda room: calendar(PLAIN, "CATEGORIES:", room.repeat("a,", FRAME + 20), "a\r\n", END),
    "different categories": lambda room: lines(room, lambda n: f"CATEGORIES:{n}"),
    "commas in a place": lambda room: calendar(PLAIN.replace("LOCATION:B\r\n", ""), "LOCATION:", room.repeat("a\\, ", FRAME + 20), "\r\n", END),
    "properties of others": lambda room: lines(room, lambda n: f"X-{n}:{n}"),
    "long properties of others": lambda room: lines(room, lambda n: f"X-{n}:" + "x" * (room.size // room.nodes)),
    "malformed lines": lambda room: lines(room, lambda n: "?"),
    "long malformed lines": lambda room: lines(room, lambda n: "?" * (room.size // room.nodes)),
    "links": lambda room: lines(room, lambda n: f"URL:https://x.example/{n}"),
    "relations": lambda room: lines(room, lambda n: f"RELATED-TO:{n}"),
    "attendees": lambda room: lines(room, lambda n: f"ATTENDEE;CN=A:mailto:{n}@x.example"),
    "organisers": lambda room: lines(room, lambda n: f"ORGANIZER;CN=A{n}:mailto:{n}@x.example"),
    "parties": lambda room: lines(room, lambda n: f"X-TIDINGS-PARTY;KIND=person;ROLE=performer:A{n}"),
    "places": lambda room: lines(room, lambda n: f"X-TIDINGS-PLACE;KIND=city:A{n}"),
    "starts before": lambda room: lines(room, lambda n: f"X-TIDINGS-PREVIOUS-START:20{n % 100:02}-01-01T10:00:00Z"),
    "images": lambda room: lines(room, lambda n: f"IMAGE;VALUE=URI:https://x.example/{n}.png"),
    "summaries": lambda room: lines(room, lambda n: f"SUMMARY:{n}"),
    "starts": lambda room: lines(room, lambda n: "DTSTART:20270101T100000Z"),
    "bad dates": lambda room: lines(room, lambda n: "RDATE:20270230T100000Z"),
    "bad exceptions on one line": lambda room: calendar(PLAIN, "EXDATE:", room.repeat("20270230,", FRAME + 20), "1\r\n", END),
    "alarms": lambda room: lines(room, lambda n: ("BEGIN:VALARM", "TRIGGER:-PT1M", "END:VALARM")[n % 3]),
    "nested components": lambda room: calendar(PLAIN, ("BEGIN:X\r\n" * (room.nesting - 3) + "END:X\r\n" * (room.nesting - 3))
                                               * min(room.count(17 * (room.nesting - 3), None, FRAME), max(1, room.nodes // (2 * room.nesting))), END),
    "components without an end": lambda room: lines(room, lambda n: "BEGIN:X"),
    "ends without a beginning": lambda room: lines(room, lambda n: "END:X"),
    "calendars": lambda room: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" * min(room.count(34), room.nodes // 2 - 1),
    "nothing but line ends": lambda room: OPEN + "\r\n" * ((room.size - FRAME) // 2) + CLOSE,
    "numbers": lambda room: lines(room, lambda n: "SEQUENCE:" + "9" * (room.size // room.nodes)),
    "a long number": lambda room: calendar(PLAIN, "SEQUENCE:", "9" * (room.size - FRAME), "\r\n", END),
    "a long duration": lambda room: calendar(PLAIN, "DURATION:P", "9" * (room.size - FRAME - 20), "D\r\n", END),
}

# JSON-LD

BASE = {"@context": "https://schema.org", "@type": "Event", "identifier": "one", "name": "A", "startDate": "2027-01-01T10:00:00Z", "location": "B"}


def document(room, each, most, make, base=BASE):
    """As much of a thing as has room, put into an event by `make(list of n)`; `each` is its size in bytes."""
    count = room.count(each, most, 300)
    text = json.dumps(make(range(count)), ensure_ascii=False)
    while len(text.encode()) > room.size and count > 1:
        count = count * 9 // 10
        text = json.dumps(make(range(count)), ensure_ascii=False)
    return text


def member(key, value, each, nodes=1, base=BASE):
    """An event with a list of values."""
    return lambda room: document(
        room, each, max(1, room.nodes // nodes - 30), lambda numbers: base | {key: [value(n) for n in numbers]})


def text_of(unit, key="description"):
    return lambda room: json.dumps(BASE | {key: unit * max(1, (room.size - 200) // len(json.dumps(unit, ensure_ascii=False)[1:-1].encode()))}, ensure_ascii=False)


def nested(room, open, close, inner="1"):
    depth = room.nesting - 3
    tower = open * depth + inner + close * depth
    count = max(1, min((room.size - 250) // (len(tower) + 1), room.nodes // (depth + 2) - 2))
    return json.dumps(BASE)[:-1] + ', "x": [' + ",".join([tower] * count) + "]}"


def laughs(room, width):
    """Each node names the next several times: what follows references without a count never ends."""
    depth = room.nesting - 4
    graph = [{"@id": f"#{n}", "@type": "Event", "name": "A", "startDate": "2027-01-01", "subEvent": [{"@id": f"#{n + 1}"}] * width}
             for n in range(min(depth * 20, room.count(90 + 15 * width, room.nodes // (5 + 2 * width))))]
    return json.dumps({"@context": "https://schema.org", "@graph": graph})


def graph(room, make, each, nodes):
    count = room.count(each, room.nodes // nodes - 2, 100)
    text = json.dumps({"@context": "https://schema.org", "@graph": make(count)})
    while len(text) > room.size and count > 1:
        count = count * 9 // 10
        text = json.dumps({"@context": "https://schema.org", "@graph": make(count)})
    return text


def whole(n, **more):
    return {"@id": f"#{n}", "@type": "Event", "name": f"A{n}", "startDate": "2027-01-01T10:00:00Z", "location": "B", **more}


JSONLD = {
    "events": lambda room: document(room, 130, min(room.updates, room.nodes // 8), lambda numbers: [BASE | {"identifier": f"e{n}"} for n in numbers]),
    "events with long texts": lambda room: document(room, room.size // room.updates + 2, min(room.updates, room.nodes // 9), lambda numbers: [
        BASE | {"identifier": f"e{n}", "description": "a word " * max(1, (room.size // room.updates - 190) // 7)} for n in numbers]),
    "events with ends and links that are left out": lambda room: document(room, 220, min(room.updates, room.nodes // 12), lambda numbers: [
        BASE | {"identifier": f"e{n}", "endDate": "2026-01-01T10:00:00Z", "url": "x", "sequence": -1, "dateModified": "never"} for n in numbers]),
    "links that are left out": member("sameAs", lambda n: f"x{n}", 10),
    "line breaks in a text": lambda room: json.dumps(BASE)[:-1] + ', "description": "' + "a\n" * ((room.size - 250) // 2) + '"}',
    "halves of characters": lambda room: json.dumps(BASE)[:-1] + ', "description": "' + "\\ud800" * ((room.size - 250) // 6) + '"}',
    "one event again and again": lambda room: document(room, 130, min(room.updates, room.nodes // 8), lambda numbers: [BASE for _ in numbers]),
    "a graph": lambda room: graph(room, lambda count: [whole(n) for n in range(min(count, room.updates))], 110, 7),
    "a chain of events": lambda room: graph(room, lambda count: [whole(n, subEvent={"@id": f"#{n + 1}"}) for n in range(count)], 140, 9),
    "a chain upwards": lambda room: graph(room, lambda count: [whole(n, superEvent={"@id": f"#{n + 1}"}) for n in range(count)], 140, 9),
    "a ring": lambda room: graph(room, lambda count: [whole(n, subEvent={"@id": f"#{(n + 1) % count}"}, superEvent={"@id": f"#{n - 1}"}) for n in range(count)], 170, 11),
    "parts of one event": lambda room: graph(room, lambda count: [whole("top", subEvent=[{"@id": f"#{n}"} for n in range(count)])] + [whole(n) for n in range(count)], 130, 10),
    "parts that name the whole": lambda room: graph(room, lambda count: [whole("top")] + [whole(n, superEvent={"@id": "#top"}) for n in range(count)], 140, 9),
    "each names two": lambda room: laughs(room, 2),
    "each names ten": lambda room: laughs(room, 10),
    "one organiser named often": lambda room: graph(room, lambda count: [whole(0, organizer=[{"@id": "#o"}] * count), {"@id": "#o", "@type": "Organization", "name": "O"}], 16, 2),
    "all events name a long node": lambda room: graph(room, lambda count: [
        {"@id": "#o", "@type": "Organization", "name": "O", "alternateName": [f"{n}" for n in range(count)]}] + [whole(n, organizer={"@id": "#o"}) for n in range(count)], 150, 11),
    "the same @id": lambda room: graph(room, lambda count: [whole("same", x=n) for n in range(count)], 130, 9),
    "sub-events": member("subEvent", lambda n: {"@type": "Event", "startDate": f"2027-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}T{n // 336 % 24:02}:00:00Z", "location": f"P{n}"}, 80, 4),
    "sub-events with members of their own": member("subEvent", lambda n: {
        "startDate": f"2027-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", "location": {"name": f"P{n}", "x": n, "address": {"y": n}}, "z": n}, 110, 9),
    "performers with members of their own": member("performer", lambda n: {"@type": "Person", "name": f"P{n}", "x": n, "y": "z"}, 60, 5),
    "performers that cannot be read": member("performer", lambda n: {"x": n}, 12, 2),
    "starts": member("startDate", lambda n: f"2027-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", 14),
    "previous starts": member("previousStartDate", lambda n: f"2027-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", 14, base=BASE | {"eventStatus": "EventRescheduled"}),
    "bad dates": member("startDate", lambda n: "2027-02-30", 14),
    "schedules": member("eventSchedule", lambda n: {"repeatFrequency": "P1D", "repeatCount": 9, "startDate": "2027-01-01", "startTime": f"{n % 24:02}:{n // 24 % 60:02}"}, 100, 6),
    "exceptions of a schedule": lambda room: document(room, 14, room.nodes - 30, lambda numbers: BASE | {"eventSchedule": {
        "repeatFrequency": "P1D", "startDate": "2027-01-01", "endDate": "2029-01-01", "exceptDate": [f"2027-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in numbers]}}),
    "weekdays of a schedule": lambda room: document(room, 10, room.nodes - 30, lambda numbers: BASE | {"eventSchedule": {
        "repeatFrequency": "P1W", "startDate": "2027-01-01", "endDate": "2029-01-01", "byDay": ["Monday" for _ in numbers]}}),
    "places": member("location", lambda n: {"@type": "Place", "name": f"P{n}"}, 40, 3),
    "cities": member("location", lambda n: {"@type": "City", "name": "Springfield"}, 46, 3),
    "virtual places": member("location", lambda n: {"@type": "VirtualLocation", "url": f"https://x/{n}"}, 60, 3),
    "organisers": member("organizer", lambda n: f"O{n}", 9),
    "the same organiser": member("organizer", lambda n: "O", 5),
    "performers": member("performer", lambda n: {"@type": "Person", "name": f"P{n}"}, 42, 3),
    "offers": member("offers", lambda n: {"@type": "Offer", "price": n, "priceCurrency": "EUR"}, 60, 4),
    "images": member("image", lambda n: f"https://x/{n}", 22),
    "links": member("sameAs", lambda n: f"https://x/{n}", 22),
    "names": member("name", lambda n: {"@language": "de", "@value": f"N{n}"}, 42, 3),
    "types": member("@type", lambda n: f"Event{n}", 14),
    "identifiers": member("identifier", lambda n: f"i{n}", 9),
    "contexts": member("@context", lambda n: {f"t{n}": f"urn:{n}:"}, 24, 2),
    "keywords": text_of("a,", "keywords"),
    "keywords that differ": member("keywords", lambda n: f"k{n}", 10),
    "unknown members": lambda room: document(room, 14, room.nodes - 30, lambda numbers: BASE | {f"x{n}": n for n in numbers}),
    "unknown terms": lambda room: document(room, 24, room.nodes - 30, lambda numbers: BASE | {"@context": {f"t{n % 50}": "urn:x:" for n in numbers}} | {f"t{n % 50}:x{n}": n for n in numbers}),
    "the same key": lambda room: json.dumps(BASE)[:-1] + ', "name": "x"' * min(room.nodes - 30, (room.size - 200) // 13) + "}",
    "extensions": member("tidings:extensions", lambda n: {"x": n}, 12, 2),
    "references": member("tidings:references", lambda n: {"uid": f"u{n}"}, 18, 2),
    "nested lists": lambda room: nested(room, "[", "]"),
    "nested objects": lambda room: nested(room, '{"a":', "}"),
    "nested values": lambda room: nested(room, '{"@value":', "}"),
    "nested events": lambda room: nested(room, '{"@type":"Event","subEvent":', "}").replace('"x": [', '"subEvent": ['),
    "a list beyond the limit": lambda room: "[" + "1," * ((room.size - 10) // 2) + "1]",
    "opening brackets": lambda room: "[" * room.size,
    "a long text": text_of("x"),
    "escapes": text_of("\n"),
    "escapes by number": lambda room: json.dumps(BASE)[:-1] + ', "description": "' + "\\u0041" * ((room.size - 250) // 6) + '"}',
    "markup": text_of("<a "),
    "markup that is closed": text_of("<b>x</b>"),
    "comments": text_of("<!--"),
    "entities": text_of("&amp;"),
    "entities without an end": text_of("&"),
    "directions": text_of("\u202e"),
    "a long name": text_of("A ", "name"),
    "a name of marks": text_of("e\u0301", "name"),
    "a long place": text_of("a, ", "location"),
    "a long identifier": text_of("x", "identifier"),
    "a long date": text_of("2", "startDate"),
    "a long duration": lambda room: json.dumps(BASE | {"duration": "P" + "9" * (room.size - 250) + "D"}),
    "a long number": lambda room: json.dumps(BASE)[:-1] + ', "sequence": ' + "9" * (room.size - 200) + "}",
    "a long fraction": lambda room: json.dumps(BASE)[:-1] + ', "x": 0.' + "9" * (room.size - 200) + "}",
}

# Text

OPENING = "Concert in Oslo\n\nThe concert will be held on 5 March 2027 in Oslo. "
UNITS = [
    "(", ")", "[", "\"", "“", "’", "-", "–", "/", ",", ".", ":", ";", "&", "<", "<a ", "<b>x</b> ", "&amp;", "@", "x@", "a@b.example ", "http://", "http://a.b ", "#", "*", "|",
    "a", "A", "a ", "A ", "Aa ", "Aa Bb Cc ", "Aa of the ", "AB ", "A. ", "A. B. C. ", "é", "\u0301", "\u202e", "\u200d", "\u00ad", "ﬃ", "日", "١", "\n", " ", "\t", "\u00a0", "\r\n",
    "1", "1 ", "1, ", "1, 2, ", "1/2/", "1.", "1-", "1 and ", "12:00 ", "12:00 - ", "7-8 ", "7 pm ", "from 7 pm to ", "noon ", "half past ", "2027 ", "5/3/2027 ", "2027-03-05 ", "05.03.2027 ",
    "5 March ", "5 March 2027 ", "5 March 2027, ", "5, 6 and 7 March 2027 ", "March ", "January 1, ", "5 and 6 March ", "from 5 to ", "until ", "Monday ", "every Friday ", "Friday, ", "tomorrow ",
    "Oslo ", "Oslo, ", "in Oslo ", "in Paris ", "in Oslo and ", "Springfield ", "San ", "San Juan ", "New ", "Saint-", "in ", "at ", "at the ", "at the Hall ", "Hall ", "Hall, ", "Washington, DC, ",
    "London, Paris, ", "will be held in London, Paris, ", "Paris on 5 March 2027 ", "5 March 2027 in Paris, ", "Paris (France), ", "4 High Street, ", "in the Hall at ",
    "(ABC) ", "the Union of Tides (UO) ", "the Union of Of (UO, ", "Union of ", "Supporters of ", "by the ", "by the Union of Tides ", "Dr. ", "Dr. Ann Boje ", "said Ann Boje, ", "and the Society for Evenings ",
    "is cancelled. ", "has been postponed ", "postponed to ", "has been moved from ", "Concert moved from 5 May to ", "will go ahead as planned. ", "not ", "instead of ", "new date ", "will be held ",
    "the concert ", "The concert on 5 March is cancelled. ", "The concert in Oslo is cancelled. ", "The concert in Oslo on 5 March has been moved to 6 March. ",
    "Where: ", "When: ", "Where:\n", "Where: Oslo\n", "When: 5 May 2027\n", "When: 5 May 2027. ", "Title: ", "Title: A\n", "Speaker: Ann\n", "UID: x\n", "Year: 2027\n", "X: y\n", "x: ",
    "- 5 May: Oslo\n", "- 5 May 2027: Oslo, Hall\n", "- \n", "Oslo\n", "Leeds, 5 May 2027\n", "A\n", "A\n\n", "5 May\n", "5 May | Oslo | 19:30\n", "Concert in Oslo\n\n", "=====\n", "embargoed until ",
    "findet am 5. Mai 2027 in Zürich statt. ", "le 5 mai 2027 à Lyon ", "el 5 de mayo de 2027 en Madrid ",
]


def words(text):
    """How many words and marks a text has, or a few more."""
    return len(re.findall(r"\w+|\s+|[^\w\s]", text))


def repeated(unit, opening=OPENING):
    def grow(room):
        # One word of any length counts once.
        most = room.words if re.fullmatch(r"\w+|\s+", unit) is None else room.size * 2
        return opening + unit * min((room.size - len(opening)) // len(unit.encode()), (most - words(opening)) // words(unit))
    return grow


def varied(make, opening=OPENING):
    def grow(room):
        made, size, spent = [opening], len(opening), words(opening)
        for n in itertools.count():
            piece = make(n)
            size, spent = size + len(piece.encode()), spent + words(piece)
            if size > room.size or spent > room.words:
                return "".join(made)
            made.append(piece)
    return grow


MONTHS = "January February March April May June July August September October November December".split()
CITIES = "Oslo Paris London Rome Madrid Lisbon Ghent Toronto Leeds Lyon Leipzig Hamburg Vienna Zurich Geneva Dublin Prague Warsaw Athens Turin".split()
TEXT = {
    **{f"{unit!r}": repeated(unit) for unit in UNITS},
    **{f"{unit!r} alone": repeated(unit, "") for unit in ("a", "A ", "Oslo, ", "5 March 2027 ", "(", "\n", "Aa ", "Where: Oslo\n", "5 March 2027 in Oslo\n", "Concert in Oslo on 5 March 2027\n\n")},
    "days that differ": varied(lambda n: f"{n % 28 + 1} {MONTHS[n // 28 % 12]} {2027 + n // 336 % 50}, "),
    "days and cities that differ": varied(lambda n: f"{n % 28 + 1} {MONTHS[n // 28 % 12]} {2027 + n // 336 % 50} in {CITIES[n % 20]}. "),
    "cities and days in lines": varied(lambda n: f"- {n % 28 + 1} {MONTHS[n // 28 % 12]} {2027 + n // 336 % 50}: {CITIES[n % 20]}, Hall {n}\n"),
    "names that differ": varied(lambda n: f"Aa{n} Bb{n}, "),
    "bodies that differ": varied(lambda n: f"the Union of Tides{n} (UT{n}), "),
    "short names that differ": varied(lambda n: f"(A{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676 % 26)}) "),
    "words that differ": varied(lambda n: f"w{n} "),
    "labels that differ": varied(lambda n: f"Label{n}: value\n"),
    "paragraphs that differ": varied(lambda n: f"Concert {n} in {CITIES[n % 20]}\n\n"),
    "cancellations that differ": varied(lambda n: f"The concert in {CITIES[n % 20]} on {n % 28 + 1} {MONTHS[n // 28 % 12]} {2027 + n // 336 % 50} is cancelled. "),
    "speakers that differ": varied(lambda n: f"Dr. Ann{n} Boje{n}, "),
    "one long line without spaces": repeated("abcdefghij"),
}
ALL = {"icalendar": ICALENDAR, "jsonld": JSONLD, "text": TEXT}
