"""The updates that the kill test drops, and what has to become of each: a model of its own, small enough to be read."""
import hashlib
import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WORDS = ("Lantern Walk", "Choir of the Harbour", "Lecture on Tides", "Kinderfest am Fluss", "Nuit des Musées",
         "Bread & Roses", "“Quoted” Evening", "Reading \\ Writing", "Überraschung", "Fête <de> la Musique", "夜の音楽会")
TYPES = ("Event", "MusicEvent", "EducationEvent", "TheaterEvent", "SportsEvent")
CITIES = (("Zurich", "CH", "+01:00"), ("Ghent", "BE", "+01:00"), ("Toronto", "CA", "-05:00"), ("Leeds", "GB", "+00:00"))


@dataclass
class Said:
    """What one file says of one event."""
    uid: str
    sequence: int
    name: str
    start: str | None  # None where it cancels
    key: bytes = b""


@dataclass
class Dropped:
    """A file: its name, its bytes, what it says of which events; `fault` is the code it is rejected for, as a whole, and
    None among what is said an event that is refused."""
    name: bytes
    content: bytes
    said: list[Said | None] = field(default_factory=list)
    fault: str | None = None

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


class Generator:
    """Makes files in the order in which they are dropped; the same seed makes the same files."""

    def __init__(self, seed, count):
        self.random = random.Random(seed)
        self.count = count
        self.files = []
        self.number = 0

    def make(self):
        chains = []
        while self.number < self.count:
            kind = self.random.random()
            if kind < 0.02:
                chains.append([self.faulty()])
            elif kind < 0.05:
                chains.append([self.bundle()])
            elif kind < 0.75:
                chains.append([self.file([self.event()])])
            else:
                chains.append(self.chain())
        return self.mixed(chains)[: self.count]

    def mixed(self, chains):
        """All files in one order, most chains oldest version first."""
        placed = []
        for chain in chains:
            places = [self.random.random() for _ in chain]
            if self.random.random() < 0.8:
                places.sort()
            placed += zip(places, chain)
        placed.sort(key=lambda pair: (pair[0], pair[1].name))
        return [dropped for _, dropped in placed]

    def file_name(self, suffix):
        self.number += 1
        name = f"{self.number:07d}"
        odd = self.random.random()
        if odd < 0.02:
            name += " über uns"
        elif odd < 0.03:
            name += "-" + "x" * (255 - len(name) - 1 - len(suffix))
        elif odd < 0.04:
            return name.encode() + b"-\xff\xfe" + suffix.encode()
        return (name + suffix).encode()

    def event(self):
        """A new event, as (what is said, the rest of the document)."""
        uid = f"event-{self.number}-{self.random.getrandbits(40):x}@kill.example"
        city, country, offset = self.random.choice(CITIES)
        start = datetime(2031, 1, 1) + timedelta(minutes=15 * self.random.randrange(20_000))
        name = f"{self.random.choice(WORDS)} {self.random.randrange(10_000)}"
        rest = {
            "type": self.random.choice(TYPES), "city": city, "country": country, "offset": offset,
            "words": " ".join(self.random.choice(WORDS) for _ in range(self.random.choice((0, 3, 30, 300)))),
            "extra": self.random.random() < 0.2,
        }
        return Said(uid, 1, name, start.isoformat()), rest

    def document(self, said, rest):
        document = {
            "@context": "https://schema.org", "@type": rest["type"], "identifier": said.uid, "name": said.name,
            "sequence": said.sequence, "inLanguage": "en",
            "dateModified": (datetime(2026, 1, 1) + timedelta(hours=said.sequence)).isoformat() + "Z",
        }
        if said.start is None:
            return document | {"eventStatus": "https://schema.org/EventCancelled"}
        document |= {
            "startDate": said.start + rest["offset"], "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "Place", "name": "Hall 3", "address": {
                "@type": "PostalAddress", "addressLocality": rest["city"], "addressCountry": rest["country"]}},
            "organizer": {"@type": "Organization", "name": "Society for Evenings"},
        }
        if rest["words"]:
            document["description"] = rest["words"]
        if rest["extra"]:
            document["x-seats"] = {"rows": [1, 2.5, None, True], "note": "kept as it is"}
        return document

    def file(self, events, suffix=".jsonld"):
        for said, rest in events:
            said.key = json.dumps(self.document(said, rest), sort_keys=True).encode()
        documents = [self.document(said, rest) for said, rest in events]
        text = json.dumps(
            documents if len(documents) > 1 else documents[0], indent=self.random.choice((None, 2)),
            ensure_ascii=self.random.random() < 0.5)
        return Dropped(self.file_name(suffix), text.encode(), [said for said, _ in events])

    def bundle(self):
        """Several events; sometimes one of them is on a day that no calendar has."""
        dropped = self.file([self.event() for _ in range(self.random.randint(2, 4))])
        if self.random.random() < 0.5:
            return dropped
        bad = self.random.randrange(len(dropped.said))
        documents = json.loads(dropped.content)
        documents[bad]["startDate"] = "2031-02-30T20:00:00+01:00"
        said = [said if index != bad else None for index, said in enumerate(dropped.said)]
        return Dropped(dropped.name, json.dumps(documents).encode(), said)

    def faulty(self):
        said, rest = self.event()
        document = self.document(said, rest)
        if self.random.random() < 0.5:
            document["startDate"] = "2031-02-30T20:00:00+01:00"
            return Dropped(self.file_name(".jsonld"), json.dumps(document).encode(), fault="invalid-date")
        text = json.dumps(document)
        return Dropped(self.file_name(".jsonld"), text[: len(text) // 2].encode(), fault="truncated")

    def chain(self):
        """An event and what is said of it later: another name or day, a cancellation, duplicates, contradictions."""
        said, rest = self.event()
        chain = [self.file([(said, rest)])]
        for sequence in range(2, self.random.randint(2, 7) + 1):
            later = Said(said.uid, sequence, said.name, said.start)
            step = self.random.random()
            if step < 0.2:
                chain.append(Dropped(self.file_name(".jsonld"), chain[-1].content, chain[-1].said))
            if step < 0.1:
                chain.append(self.contradiction(said, rest))
            if step < 0.5:
                later.name = f"{said.name} ({sequence})"
            elif step < 0.9:
                later.start = (datetime.fromisoformat(said.start) + timedelta(days=1)).isoformat()
            else:
                later.start = None
            said = later
            chain.append(self.file([(said, rest)]))
            if said.start is None:
                return chain
        # Nothing replaces the last of them.
        if self.random.random() < 0.3:
            chain.append(self.contradiction(said, rest))
        return chain

    def contradiction(self, said, rest):
        return self.file([(Said(said.uid, said.sequence, f"{said.name}, in other words", said.start), rest)])


@dataclass
class State:
    """What is known of one event."""
    said: Said
    name: str
    start: str | None
    status: str
    revision: int


class Model:
    """What the archive has to make of files, in the order in which it took them: MODEL, section 2, for these files."""

    def __init__(self):
        self.events = {}
        self.revisions = []  # (uid, revision, intent), in order
        self.asked = {}  # what is asked of a person, by event: {what is said: (the file that asks, its delivery)}
        self.replaced = set()  # the deliveries whose question a later word of their source has replaced

    def outcome(self, dropped, delivery):
        """The outcome of a file, with what becomes of each of its updates."""
        if dropped.fault:
            return "rejected", ["rejected"]
        answers = [self.judge(said, dropped.name, delivery) if said else "rejected" for said in dropped.said]
        aside = {answer for answer in answers if answer in ("held", "rejected")}
        if aside and len(aside) == len(set(answers)):
            return ("held" if "held" in aside else "rejected"), answers
        if aside:
            return "partial", answers
        for outcome in ("unchanged", "stale"):
            if set(answers) == {outcome}:
                return outcome, answers
        return "accepted", answers

    def judge(self, said, name, delivery):
        answer, speaks = self.answer(said, name, delivery)
        asked = self.asked.get(said.uid, {})
        for key, (_, asking) in list(asked.items()) if speaks else []:
            if asking < delivery:
                self.replaced.add(asking)
                del asked[key]
        return answer

    def answer(self, said, name, delivery):
        """What becomes of an update, and whether it is a word that its source's open questions wait for no more."""
        known = self.events.get(said.uid)
        if known is None:
            intent = "new" if said.start else "cancelled"
            known = State(said, said.name, said.start, "scheduled" if said.start else "cancelled", 0)
        elif said.key == known.said.key:
            return "unchanged", True
        elif said.sequence < known.said.sequence:
            return "stale", False
        elif said.sequence == known.said.sequence:
            # Nobody is asked twice; a file that a power cut has put back asks again.
            asks = self.asked.setdefault(said.uid, {}).setdefault(said.key, (name, delivery))[0] == name
            return ("held", True) if asks else ("unchanged", False)
        elif said.start is None:
            intent, known.status = "cancelled", "cancelled"
        else:
            intent = "corrected" if said.start == known.start else "rescheduled"
            known.name, known.start = said.name, said.start
            if intent == "rescheduled":
                known.status = intent
        known.said = said
        known.revision += 1
        self.events[said.uid] = known
        self.revisions.append((said.uid, known.revision, intent))
        return intent, True
