"""Damages files of every format at random: bytes, lines, structures and numbers."""
import json
import random
import re

EXTREMES = [
    str(number + step)
    for number in (0, 2**15, 2**31, 2**32, 2**53, 2**63, 2**64, -(2**31), -(2**63))
    for step in (-1, 0, 1)
] + ["-0", "00", "007", "1e308", "1e309", "-1e308", "1e-320", "1e999999999", "0.1", "-0.0", "5.", ".5", "+5", "NaN",
     "Infinity", "9" * 40, "9" * 400, "-" + "9" * 40, "0" * 300 + "1", "60", "61", "99", "24", "366", "9999", "10000", "٣", "１２"]

# What a reader gives a meaning to, to be put anywhere.
TOKENS = {
    "ics": """BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|END:VTIMEZONE|BEGIN:STANDARD|END:STANDARD|BEGIN:VCALENDAR|
END:VCALENDAR|BEGIN:VALARM|END:VALARM|DTSTART:20270312T193000Z|DTSTART;VALUE=DATE:20270312|DTSTART;TZID=Nowhere:20270312T193000|
DTSTART:00000101T000000Z|DTSTART:99991231T235960Z|DTEND:20270312|DURATION:P1D|DURATION:-PT1S|DURATION:P99999999999W|
RRULE:FREQ=DAILY;COUNT=3|RRULE:FREQ=WEEKLY;BYDAY=MO,-1TU;UNTIL=20280101|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30|
RRULE:FREQ=SECONDLY|RRULE:RSCALE=HEBREW;FREQ=MONTHLY;BYMONTH=5L|RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO|RRULE:FREQ=DAILY;INTERVAL=0|
EXDATE:20270313T193000Z|RDATE:20270314T193000Z|RDATE;VALUE=PERIOD:20270314T193000Z/PT2H|RECURRENCE-ID:20270312T193000Z|
RECURRENCE-ID;RANGE=THISANDFUTURE:20270312T193000Z|GEO:47.3;8.5|GEO:91;181|SEQUENCE:1|SEQUENCE:-1|STATUS:CANCELLED|STATUS:BOGUS|
METHOD:CANCEL|METHOD:ADD|METHOD:REQUEST|CLASS:PRIVATE|TZOFFSETFROM:+0100|TZOFFSETTO:-9959|TZOFFSETTO:+000001|X-WR-TIMEZONE:Europe/Zurich|
RELATED-TO;RELTYPE=PARENT:other|UID:|SUMMARY:|LOCATION:Hall\\, Lyon|X-TIDINGS-PARTY;KIND=person;ROLE=performer:Ann|
X-TIDINGS-PLACE;KIND=city;LATITUDE=1e5:Rome|X-TIDINGS-PREVIOUS-START:2026-11-27T10:00:00+01:00|X-TIDINGS-DAY-ASSIGNMENT:unspecified|
ORGANIZER;CN="A^'B":mailto:a@b|CATEGORIES:a\\,b,c|\t folded|;X=|:|"|\\n""".replace("\n", "").split("|"),
    "jsonld": """"@type":"Event"|"@id":"#a"|"@graph":[]|"@value":"x"|"@language":"de"|"startDate":"2027-03-12T19:30:00+01:00"|"startDate":"2027"|
"startDate":"2027-02-30"|"endDate":"2026-01-01"|"duration":"P99999999999D"|"doorTime":"19:00"|"eventStatus":"EventCancelled"|
"eventStatus":["EventRescheduled"]|"previousStartDate":["2026-11-01"]|"location":[]|"location":{"@type":"VirtualLocation","url":"https://v"}|
"eventSchedule":{"repeatFrequency":"P1W","byDay":"Monday","startDate":"2027-01-01","endDate":"2027-12-30"}|
"eventSchedule":{"repeatFrequency":"P1D","repeatCount":99999999999}|"geo":{"latitude":1e308,"longitude":-0}|"subEvent":[{"@id":"#a"}]|"superEvent":{"@id":"#a"}|
"sequence":-1|"tidings:partyOrder":[1,0]|"tidings:references":[{"uid":"x","sequence":1}]|null|true|{}|[]|"x"|"\\u0000"|"\\ud800"|1e400|-9223372036854775808""".replace(
        "\n", "").split("|"),
    "txt": """ on 5 March 2027| 5./6. Mai 2027| March 5th, 2027| 2027-03-05| 05.03.27| 3/5/2027| from 10 to 12 May| 31 February 2027| le 1er mai 2027|
 el 5 de mayo de 2027| every Friday| Saturday| tomorrow| 7 pm| 19:30| 19h30| half past seven| noon| midnight| 24:00| 12.30am–2pm CET|
 in Paris, London and Rome| at the Town Hall, 4 High Street, Leeds| (ABC)| is cancelled| has been postponed to| has moved from| online|
 will go ahead as planned|\nWhen: |\nWhere: |\nTickets: |\nUID: x|\nUpdate-Of: y|\nYear: 2028|\nLanguage: de|\nEmbargo-Until: 2027-01-01T00:00Z|\n\n|\n- |\n* |
 “|”|‘|’|(|)|[|]| – |, |; |. |: | and | or | until | by the | Dr. Smith|http://a.b|c@d.e|\u202e|\u200d|\u0301|\u00ad| |<b>|</script>|&amp;""".replace(
        "|\n ", "| ").split("|"),
}
DIGITS = re.compile(rb"-?\d+(?:\.\d+)?")
BLOCK = re.compile(rb"^BEGIN:([A-Z]+)\r?\n.*?^END:\1\r?\n?", re.M | re.S)
IDENTITY = re.compile(rb'(\nUID:|"(?:identifier|@id|url)"\s*:\s*")(?=[^\n])')
LONGEST = 256 * 1024


def suffix_of(content):
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:6].upper()
    return "ics" if start == b"BEGIN:" else "jsonld" if start[:1] in (b"{", b"[") else "txt"


class Mutator:
    """Makes file `number` of a seed; the same seed, number and originals make the same file."""

    def __init__(self, seed, originals):
        self.seed = seed
        self.originals = [(suffix_of(content), content) for content in originals]

    def make(self, number):
        """The suffix and the bytes of a file."""
        chance = random.Random(f"{self.seed}/{number}")
        suffix, content = chance.choice(self.originals)
        if chance.random() < 0.8:  # most are events of their own, so that not all wait for the same one
            content = IDENTITY.sub(lambda match: match[0] + b"%d-" % number, content)
        damage = Damage(chance, suffix, [other for kind, other in self.originals if kind == suffix])
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
            content = damage.once(content)[:LONGEST]
        return suffix, content


class Damage:
    def __init__(self, chance, suffix, relatives):
        self.chance, self.suffix, self.relatives = chance, suffix, relatives
        self.kinds = [self.bytes, self.lines, self.lines, self.numbers, self.numbers, self.tokens, self.splice]
        self.kinds += [self.values] * 5 if suffix == "jsonld" else [self.blocks] * 2 if suffix == "ics" else [self.clauses] * 3

    def once(self, content):
        return self.chance.choice(self.kinds)(content)

    def piece(self, content, longest=40):
        """A place of some bytes."""
        at = self.chance.randrange(len(content) + 1)
        return at, min(len(content), at + self.chance.randrange(longest))

    def repeats(self):
        return self.chance.choice((1, 1, 2, 3, 10, 70, 300))

    def token(self):
        return self.chance.choice(TOKENS[self.suffix])

    def bytes(self, content):
        at, end = self.piece(content)
        pick = self.chance.randrange(6)
        if pick == 0:
            return content[:at] + content[end:]
        if pick == 1:
            return content[:end] + content[at:end] * self.repeats() + content[end:]
        if pick == 2:
            return content[:at] + self.chance.randbytes(self.chance.choice((1, 1, 2, 8))) + content[end:]
        if pick == 3 and content:
            at = min(at, len(content) - 1)
            return content[:at] + bytes([content[at] ^ 1 << self.chance.randrange(8)]) + content[at + 1:]
        if pick == 4:
            special = (b"\0", b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80\xae", b"\r", b"\x1b[31m", b"\xcc\x81" * 50)
            return content[:at] + self.chance.choice(special) + content[at:]
        return content[:at]

    def lines(self, content):
        lines = content.splitlines(keepends=True)
        if not lines:
            return content
        at, other = self.chance.randrange(len(lines)), self.chance.randrange(len(lines))
        pick = self.chance.randrange(8)
        if pick == 0:
            del lines[at]
        elif pick == 1:
            lines[at:at] = [lines[other]] * self.repeats()
        elif pick == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif pick == 3:
            lines[at] = lines[at].rstrip(b"\r\n")
        elif pick == 4:
            lines[at] = lines[at].swapcase()
        elif pick == 5:
            cut = self.chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + self.chance.choice((b"\n ", b"\r\n\t", b"\n", b"\r", b"\n\n")) + lines[at][cut:]
        elif pick == 6:
            self.chance.shuffle(lines)
        else:
            return content.replace(b"\n", self.chance.choice((b"\r\n", b"\r", b"\n\n", b"\n ")))
        return b"".join(lines)

    def numbers(self, content):
        found = list(DIGITS.finditer(content))
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            if not found:
                break
            match = found.pop(self.chance.randrange(len(found)))
            found = [other for other in found if other.end() <= match.start()]  # what lies behind has moved
            content = content[: match.start()] + self.number(match[0]) + content[match.end():]
        return content

    def number(self, old):
        if self.chance.random() < 0.3:  # the same width, as dates have it
            return bytes(self.chance.choice(b"0123456789") for _ in old)
        if self.chance.random() < 0.2:
            return str(self.chance.choice((-1, 1)) * self.chance.getrandbits(self.chance.choice((4, 8, 31, 63, 64)))).encode()
        return self.chance.choice(EXTREMES).encode()

    def tokens(self, content):
        token = self.token().encode()
        if self.suffix == "ics" and self.chance.random() < 0.8:
            lines = content.splitlines(keepends=True)
            at = self.chance.randrange(len(lines) + 1)
            lines[at:at] = [token + b"\r\n"] * self.repeats()
            return b"".join(lines)
        if self.suffix == "jsonld" and self.chance.random() < 0.8:
            places = [match.end() for match in re.finditer(rb"[{\[,]", content)] or [0]
            at = self.chance.choice(places)
            return content[:at] + token + b"," + content[at:]
        at, end = self.piece(content, 8)
        return content[:at] + token * self.repeats() + content[end:]

    def splice(self, content):
        other = self.chance.choice(self.relatives)
        at, _ = self.piece(content)
        start, _ = self.piece(other)
        _, end = start, min(len(other), start + self.chance.choice((100, 1000, 10_000)))
        return content[:at] + other[start:end] + content[at:]

    def blocks(self, content):
        """Components of a calendar: gone, twice, one in another, in another place, without an end."""
        found = [match for match in re.finditer(rb"^BEGIN:", content, re.M)]
        if not found:
            return content
        match = BLOCK.match(content, self.chance.choice(found).start())
        if not match:
            return content
        block, start, end = match[0], match.start(), match.end()
        pick = self.chance.randrange(6)
        if pick == 0:
            return content[:start] + content[end:]
        if pick == 1:
            return content[:end] + block * self.repeats() + content[end:]
        if pick == 2:
            depth = self.repeats()
            name = match[1]
            return content[:start] + b"BEGIN:%s\r\n" % name * depth + block + b"END:%s\r\n" % name * depth + content[end:]
        if pick == 3:
            rest = content[:start] + content[end:]
            lines = rest.splitlines(keepends=True)
            lines.insert(self.chance.randrange(len(lines) + 1), block)
            return b"".join(lines)
        if pick == 4:
            return content[:start] + block.rsplit(b"END:", 1)[0] + content[end:]
        name = self.chance.choice((b"VEVENT", b"VTODO", b"DAYLIGHT", b"X-OTHER", b"VCALENDAR"))
        return content[:start] + block.replace(match[1], name) + content[end:]

    def values(self, content):
        """Values of a JSON document: gone, twice, elsewhere, nested, of another type."""
        try:
            document = json.loads(content)
        except (ValueError, RecursionError):
            return self.bytes(content)
        places = []
        collect(document, places)
        if not places:
            return content
        holder, key = self.chance.choice(places)
        other, elsewhere = self.chance.choice(places)
        pick = self.chance.randrange(8)
        if pick == 0:
            del holder[key]
        elif pick == 1:
            holder[key] = [holder[key]] * self.repeats()
        elif pick == 2:
            holder[key] = json.loads(json.dumps(other[elsewhere]))
        elif pick == 3:
            for _ in range(self.repeats()):
                holder[key] = self.chance.choice(([holder[key]], {"@value": holder[key]}, {"@type": "Event", "subEvent": holder[key]}))
        elif pick == 4:
            number = self.chance.choice((0, -1, 2**31, 2**63, -(2**63), 2**64, 1e308, -0.0, 5e-324, 0.5))
            holder[key] = self.chance.choice((number, str(number)))
        elif pick == 5:
            holder[key] = self.chance.choice((None, True, [], {}, "", " ", "\u0000", "x" * 5000, "2027-02-30", "PT1S", "\u202e", "<b>x</b>"))
        elif pick == 6 and isinstance(holder, dict):
            value = holder.pop(key)
            holder[self.chance.choice(sorted(holder) or ["name"])] = value
        else:
            if isinstance(holder[key], str) and holder[key]:
                at = self.chance.randrange(len(holder[key]))
                holder[key] = holder[key][:at] + self.chance.choice(("T", "Z", "-", "+", ":", "/", ".", "#", "0", "\n")) + holder[key][at + 1:]
        try:
            return json.dumps(document, indent=self.chance.choice((None, 1)), ensure_ascii=self.chance.random() < 0.5).encode(
                "utf-8", "surrogatepass")
        except RecursionError:
            return content

    def clauses(self, content):
        """Clauses of a text: gone, twice, in another order, in another text."""
        parts = re.split(rb"(?<=[.,;:\n])", content)
        at, other = self.chance.randrange(len(parts)), self.chance.randrange(len(parts))
        pick = self.chance.randrange(5)
        if pick == 0:
            del parts[at]
        elif pick == 1:
            parts[at:at] = [parts[other]] * self.repeats()
        elif pick == 2:
            self.chance.shuffle(parts)
        elif pick == 3:
            parts[at:at] = [self.token().encode() for _ in range(self.repeats())]
        else:
            others = re.split(rb"(?<=[.,;:\n])", self.chance.choice(self.relatives))
            parts[at:at] = self.chance.sample(others, min(len(others), self.repeats()))
        return b"".join(parts)


def collect(value, places, depth=0):
    """Every member and element of a document, as (what holds it, key)."""
    if depth > 100:
        return
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        places.append((value, key))
        collect(value[key], places, depth + 1)
