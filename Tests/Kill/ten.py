"""Ten deliveries of every kind, in the order in which they are dropped; the names sort in it."""
import json

from updates import Dropped, Said

EVENT = "evening@ten.example"
NAME = "An Evening at the Weir"
START = "2031-05-09T20:00:00"


def jsonld(sequence, name, start=START):
    return json.dumps({
        "@context": "https://schema.org", "@type": "MusicEvent", "identifier": EVENT, "name": name,
        "sequence": sequence, "inLanguage": "en", "dateModified": f"2026-01-{sequence:02d}T08:00:00Z",
        "startDate": start + "+02:00", "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "Place", "name": "Weir House", "address": {
            "@type": "PostalAddress", "addressLocality": "Ghent", "addressCountry": "BE"}},
    }).encode()


def calendar(method, *events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ten//EN", f"METHOD:{method}"]
    for uid, sequence, name, start in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}", f"DTSTAMP:202602{sequence + 1:02d}T090000Z",
            f"DTSTART;TZID=Europe/Brussels:{start.replace('-', '').replace(':', '')}", "DURATION:PT2H",
            f"SUMMARY:{name}", "LOCATION:Weir House\\, Ghent"]
        if method == "CANCEL":
            lines.append("STATUS:CANCELLED")
        lines.append("END:VEVENT")
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


TEXT = b"""UID: ride@ten.example

Cyclists for Quiet Streets to ride in Ghent

Cyclists for Quiet Streets to ride in Ghent

The Open Lanes Alliance (OLA) announced today that its supporters will ride together.

The ride will be held on 15 May 2031 in Ghent.
"""


def files():
    """The files, each with what the archive has to make of it (see `updates.Model`)."""
    corrected = jsonld(3, f"{NAME}, at Eight")
    walk, talk = ("walk@ten.example", 0, "A Walk along the Weir", "2031-06-01T10:00:00"), (
        "talk@ten.example", 0, "A Talk on Weirs", "2031-06-02T19:30:00")
    moved = ("talk@ten.example", 1, talk[2], "2031-06-03T19:30:00")
    off = ("walk@ten.example", 1, walk[2], walk[3])

    def of(name, content, *said, fault=None):
        return Dropped(name, content, [Said(*one, key=content) for one in said], fault)

    return [
        of(b"01-new.jsonld", jsonld(2, NAME), (EVENT, 2, NAME, START)),
        of(b"02-corrected.jsonld", corrected, (EVENT, 3, f"{NAME}, at Eight", START)),
        of(b"03-the-same-again.jsonld", corrected, (EVENT, 3, f"{NAME}, at Eight", START)),
        of(b"04-stale.jsonld", jsonld(1, "An Evening"), (EVENT, 1, "An Evening", START)),
        of(b"05-contradicts.jsonld", jsonld(3, "Another Evening"), (EVENT, 3, "Another Evening", START)),
        of(b"06-no-such-day.jsonld", jsonld(4, NAME, "2031-02-30T20:00:00"), fault="invalid-date"),
        of(b"07-two.ics", calendar("PUBLISH", walk, talk), walk, talk),
        of(b"08-cancelled.ics", calendar("CANCEL", off), (*off[:3], None)),
        of(b"09-text.txt", TEXT, ("ride@ten.example", None, "Cyclists for Quiet Streets to ride in Ghent", "2031-05-15")),
        of(b"10-moved.ics", calendar("PUBLISH", moved), moved),
    ]
