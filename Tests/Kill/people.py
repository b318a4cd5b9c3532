"""What people ask and hear: a house in which deliveries are held, rejected and deferred, and requests about them and about
events; each has an ending of its own, and everybody who is told of it is told the same."""
import json
import os
import re
import sqlite3
import struct
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ID_LENGTH = 26
USER = str(os.getuid())
DEFERRED, LATER = "01KB0000000000000000000001", "01KB0000000000000000000002"
# Which of these ended a delivery, in the words of the journal.
DECISION = re.compile(r"asked to (\S+) (.+?): ([a-z]+): ")
# What the journal calls a forgotten event, whose uid is kept nowhere.
UNNAMED = "an event"


def walk(number):
    """A text that is held: nothing but the time of receipt speaks for its year."""
    return f"Spring Walk {number} of the Hikers\n\nThe walk will be held on {number + 2} May in Zurich, Switzerland.\n".encode()


def concert(uid, start="2031-03-14"):
    return json.dumps({
        "@context": "https://schema.org", "@type": "MusicEvent", "identifier": uid, "name": f"Concert {uid}", "sequence": 1,
        "startDate": start + "T20:00:00+01:00", "location": {"@type": "Place", "name": "Town Hall", "address": {
            "@type": "PostalAddress", "addressLocality": "Zurich", "addressCountry": "CH"}}}).encode()


# What lies there before the run, by name: its bytes.
BEFORE = {
    **{f"{word}.txt": walk(number) for number, word in enumerate(("release", "faulty", "refused", "discard", "retry"))},
    "again.jsonld": concert("again", "2031-02-30"), "thrown.jsonld": concert("thrown", "2031-02-30"),
    "withdrawn.jsonld": concert("withdrawn"), "readmitted.jsonld": concert("readmitted"),
    "forgotten.jsonld": concert("forgotten"),
}
# Due, and to be tried much later; both good.
DEFERRALS = {DEFERRED: ("due.jsonld", concert("due")), LATER: ("later.jsonld", concert("later"))}
# Dropped with the requests.
DURING = {"good.jsonld": concert("good"), "bad.jsonld": concert("bad", "2031-02-30"), "open.txt": walk(9)}


@dataclass
class Ask:
    """A request: its name, what it asks, what the one who asks has to hear; for a delivery its name and the folder in which
    that ends, None for nowhere."""
    name: str
    asked: dict
    result: str
    about: str | None = None
    ends: str | None = None


def year(**more):
    return {"set": {"year": "2029", **more}}


ASKS = [
    Ask("release", year(), "accepted", "release.txt"),
    Ask("release-faulty", {"set": {"occurrences[0].when.strat": "x"}}, "refused", "faulty.txt", "held"),
    Ask("release-refused", year(**{"occurrences[0].when.end": "2029-01-01"}), "refused", "refused.txt", "held"),
    Ask("discard", {}, "discarded", "discard.txt"),
    Ask("retry", {}, "held", "retry.txt", "held"),
    Ask("retry-rejected", {}, "rejected", "again.jsonld", "rejected"),
    Ask("discard-rejected", {}, "discarded", "thrown.jsonld"),
    Ask("retry-deferred", {}, "accepted", "later.jsonld"),
    Ask("withdraw", {"uid": "withdrawn"}, "withdrawn"), Ask("readmit", {"uid": "readmitted"}, "readmitted"),
    Ask("forget", {"uid": "forgotten"}, "forgotten"),
]
# Where the other deliveries end, and with which outcome.
OTHERS = {"due.jsonld": ("accepted", None), "good.jsonld": ("accepted", None), "bad.jsonld": ("rejected", "rejected"),
          "open.txt": ("held", "held")}


def files(folder):
    return [path for path in folder.iterdir() if path.is_file() and path.name != ".lock"] if folder.exists() else []


def delivery(spool, folder, name):
    return next((path.name[:ID_LENGTH] for path in files(spool / folder) if path.name[ID_LENGTH + 1:] == name), None)


def put(path, content, wants_reply=False):
    path.write_bytes(content)
    path.chmod(0o1644 if wants_reply else 0o644)


def ask(spool, name, action, **rest):
    document = {"schema": "tidings-request/1", "action": action, **rest}
    (spool / "requests" / f"{name}.json").write_text(json.dumps(document))


def prepare(place):
    """Makes the house: every delivery where it lies before the run, told to its sender."""
    spool = place.house / "spool"
    for folder in ("incoming", "requests"):
        (spool / folder).mkdir(parents=True)
    for name, content in BEFORE.items():
        put(spool / "incoming" / name, content, wants_reply=True)
    place.run(60)
    ask(spool, "before", "withdraw", uid="readmitted")
    place.run(60)
    for id, (name, content) in DEFERRALS.items():
        put(spool / "deferred" / f"{id}-{name}", content, wants_reply=True)
        report = spool / "deferred" / f"{id}.report.json"
        report.write_text(json.dumps(
            {"attempts": 1, "delivery": id, "outcome": "deferred", "file": name, "fileBytes": list(name.encode())}))
        time = 0 if id == DEFERRED else 4_000_000_000
        os.utime(report, (time, time))
    (place.folder / "log").unlink()


def drop(place):
    """Puts what people ask into a prepared house. Members of a group may read held/ and rejected/: files are copied there."""
    spool = place.house / "spool"
    entries = ((1, 6, -1), (4, 4, -1), (8, 4, 4242), (16, 4, -1), (32, 0, -1))
    rights = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    for folder in ("held", "rejected"):
        try:
            os.setxattr(spool / folder, "system.posix_acl_default", rights)
        except OSError:
            pass  # no such rights here: files are moved then
    for one in ASKS:
        action, more = one.name.partition("-")[0], dict(one.asked)
        if one.about:
            more["delivery"] = next(filter(None, (
                delivery(spool, folder, one.about) for folder in ("held", "rejected", "deferred"))))
        ask(spool, one.name, action, **more)
    for name, content in DURING.items():
        put(spool / "incoming" / name, content, wants_reply=True)
    place.before = {
        path.name: path.read_bytes() for folder in ("held", "rejected", "deferred") for path in files(spool / folder)}


class Told:
    """What came of it all, and what is wrong with it, a sentence each. Where calls failed a request may be refused, if all
    is as before then."""

    def __init__(self, place, may_refuse):
        self.place, self.spool, self.may_refuse = place, place.house / "spool", may_refuse
        self.found = []
        self.ids = {name[ID_LENGTH + 1:]: name[:ID_LENGTH] for name in place.before if name[ID_LENGTH:ID_LENGTH + 1] == "-"}
        self.outcomes, self.decisions = defaultdict(set), defaultdict(set)
        for line in (place.folder / "log").read_bytes().split(b"\n"):
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # the line at which a run was killed
            if "TIDINGS_OUTCOME" in entry:
                self.outcomes[entry["TIDINGS_DELIVERY"]].add(entry["TIDINGS_OUTCOME"])
                self.ids.setdefault(entry["TIDINGS_FILE"], entry["TIDINGS_DELIVERY"])
            elif "TIDINGS_DECIDED_BY" in entry and (match := DECISION.search(entry["MESSAGE"])):
                self.decisions[match[1], match[2]].add(match[3])

    def wrong(self, words):
        self.found.append(words)

    def same(self, what, found, expected):
        if found != expected:
            self.wrong(f"{what}: expected {expected!r}, found {found!r}")

    def replies(self, name):
        """What the answers to a file or a request say."""
        found = []
        for path in files(self.spool / "replies" / USER):
            if path.name[:-ID_LENGTH - 6] == name and path.suffix == ".json":
                reply = json.loads(path.read_bytes())
                found.append(reply.get("outcome") or reply.get("result"))
                if not path.with_suffix(".txt").exists():
                    self.wrong(f"{path.name} has no form for people")
        return found

    def run(self):
        for one in ASKS:
            self.asked(one)
        for name, (outcome, folder) in OTHERS.items():
            self.ended(name, outcome, folder)
            self.same(f"outcomes told of {name}", self.outcomes[self.ids.get(name)], {outcome})
        self.nothing_is_left()
        self.events()
        return self.found

    def asked(self, one):
        answers = self.replies(f"{one.name}.json")
        if len(answers) != 1:
            return self.wrong(f"who asked to {one.name} has the answers {answers}")
        # Only what is forgotten loses its name.
        subject = self.ids[one.about] if one.about else UNNAMED if answers == ["forgotten"] else one.asked["uid"]
        key = one.name.partition("-")[0], subject
        self.same(f"what the journal tells of {one.name}", self.decisions[key], set(answers))
        if self.may_refuse and answers == ["refused"] != [one.result]:
            if one.about and not any(self.lies(one.about, folder) for folder in ("held", "rejected", "deferred")):
                self.wrong(f"{one.name} was refused, and {one.about} is not where it was")
            return None
        self.same(f"the answer to {one.name}", answers, [one.result])
        if one.about is None:
            return None
        outcome = {"refused": "held", "discarded": None}.get(one.result, one.result)
        self.ended(one.about, outcome, one.ends)
        if one.result == "refused":
            for name in (f"{self.ids[one.about]}-{one.about}", f"{self.ids[one.about]}.report.json"):
                path = self.spool / "held" / name
                self.same(f"{name} is as before", path.exists() and path.read_bytes() == self.place.before[name], True)
        # What the sender hears of a decision is what became of the file: nothing of a refusal, nor of what was refused before
        # and is thrown away.
        told = self.outcomes[self.ids[one.about]]
        self.same(f"outcomes told of {one.about}", told, self.heard(one, outcome))
        return None

    @staticmethod
    def heard(one, outcome):
        if one.result == "discarded":
            return {"discarded"} if one.about == "discard.txt" else set()
        return set() if one.result == "refused" else {outcome}

    def lies(self, name, folder):
        return (self.spool / folder / f"{self.ids.get(name)}-{name}").exists()

    def ended(self, name, outcome, folder):
        """The file is where it has to be, its sender and `tidings why` tell its outcome."""
        for other in ("incoming", "active", "held", "rejected", "deferred", "accepted"):
            if self.lies(name, other) != (other == folder):
                self.wrong(f"{name} {'is not' if other == folder else 'is'} in {other}")
        if outcome is None:
            story = self.why(self.ids[name])
            self.same(f"the story of {name}", any(entry["outcome"] == "discarded" for entry in story), True)
            return
        self.same(f"what the sender of {name} heard", self.replies(name), [outcome])
        told = [entry["outcome"] for entry in self.why(self.ids.get(name, "")) if entry["outcome"]]
        self.same(f"the end of the story of {name}", told[-1:], [outcome])

    def why(self, id):
        tidings = Path(self.place.binary).with_name("tidings")
        told = subprocess.run(
            [tidings, "why", "--json", id, "--config", self.place.folder / "tidingsd.toml"], capture_output=True,
            env={"PATH": os.defpath}, check=False, timeout=60)
        return [json.loads(line) for line in told.stdout.splitlines()]

    def nothing_is_left(self):
        for folder in ("incoming", "active", "requests", "deferred", "accepted"):
            if left := [path.name for path in files(self.spool / folder)]:
                if not (self.may_refuse and folder == "deferred" and all(LATER in name for name in left)):
                    self.wrong(f"left in {folder}: {left}")
        for folder in ("held", "rejected"):
            names = {path.name for path in files(self.spool / folder)}
            ids = {name[:ID_LENGTH] for name in names if name[ID_LENGTH:ID_LENGTH + 1] == "-"}
            reports = {name[:ID_LENGTH] for name in names if name.endswith(".report.json")}
            self.same(f"reports in {folder}", reports, ids)
            if hidden := [name for name in names if name.startswith(".")]:
                self.wrong(f"left in {folder}: {hidden}")
        if hidden := [path.name for path in files(self.spool / "replies" / USER) if path.name.startswith(".")]:
            self.wrong(f"left in replies: {hidden}")

    def events(self):
        archive = sqlite3.connect(self.place.house / "state/archiver/archive.sqlite")
        known = {uid: number for number, uid in archive.execute("SELECT n, uid FROM events")}
        withdrawn = {row[0] for row in archive.execute("SELECT event FROM withdrawals")}
        archive.close()
        for one in ASKS:
            if one.about or self.may_refuse and self.replies(f"{one.name}.json") == ["refused"]:
                continue
            uid = one.asked["uid"]
            self.same(f"{uid} is known", uid in known, one.name != "forget")
            self.same(f"{uid} is withdrawn", known.get(uid) in withdrawn, one.name == "withdraw")


def faults(place, may_refuse=False):
    try:
        return Told(place, may_refuse).run()
    except Exception as fault:  # a folder or database that is not there
        return [f"cannot be looked at: {type(fault).__name__}: {fault}"]
