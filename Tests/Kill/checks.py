"""What has to hold after the last run, whatever happened in the runs before."""
import json
import sqlite3
import xml.etree.ElementTree as xml
from collections import Counter, defaultdict
from pathlib import Path

from packed import kept
from updates import Model

ID_LENGTH = 26
# What an id leaves of a name in active/: a file that a killed run had claimed is known by that much of its name.
LONGEST_NAME = 255 - ID_LENGTH - 1


class Findings(Exception):
    """What is wrong, a sentence each."""


def few(things):
    things = list(things)
    shown = ", ".join(str(thing) for thing in things[:3])
    return f"{len(things)}: {shown}{', …' if len(things) > 3 else ''}"


def require_none(what, things):
    things = list(things)
    if things:
        raise Findings(f"{what} ({few(things)})")


def same(what, found, expected):
    if found != expected:
        raise Findings(f"{what}: expected {expected!r}, found {found!r}")


def by_event(tellings):
    """The intents told of each event, in their order."""
    told = defaultdict(list)
    for uid, intent in tellings:
        told[uid].append(intent)
    return told


class Checks:
    """Looks at the spool, the archive, the notifier's memory, the site and the log in a folder."""

    def __init__(self, work, files, kept_tellings, is_after_power_cut=False):
        self.spool, self.state, self.work = work / "spool", work / "state", work
        self.files = {dropped.name[:LONGEST_NAME]: dropped for dropped in files}
        self.kept_tellings = kept_tellings
        # The same bytes may have come back as a new delivery.
        self.is_after_power_cut = is_after_power_cut
        self.archive = sqlite3.connect(self.state / "archiver/archive.sqlite")
        self.notifier = sqlite3.connect(self.state / "notifier/notifier.sqlite")
        # Files that no stage accepted anything of have a row too, for their endings, and no bytes.
        self.rows = self.archive.execute(
            f"SELECT n, id, substr(file, 1, {LONGEST_NAME}), sha256, byte_count, bytes IS NOT NULL FROM deliveries "
            "ORDER BY (SELECT min(l.n) FROM log l WHERE l.delivery = deliveries.n)").fetchall()
        self.model = Model()
        self.expected = {}
        for _, delivery, name, *_ in self.rows:
            if delivery not in self.expected and name in self.files:
                self.expected[delivery] = self.model.outcome(self.files[name], delivery)
        # What a power cut has put back waits nowhere under its former id, and nobody is asked about that any more.
        last = {name: delivery for _, delivery, name, *_ in self.rows}
        for delivery in self.model.replaced.intersection(last.values()):
            self.expected[delivery] = ("replaced", ["replaced"])

    def run(self, tell):
        """Runs every check; gives how many passed and how many failed."""
        results = Counter()
        for name in [name for name in dir(self) if name.startswith("check_")]:
            words = name.removeprefix("check_").split("_", 1)[1].replace("_", " ")
            try:
                getattr(self, name)()
                results["passed"] += 1
                tell(f"ok      {words}")
            except (Findings, sqlite3.Error, OSError, ValueError, KeyError, xml.ParseError) as fault:
                results["failed"] += 1
                tell(f"FAILED  {words}: {fault or type(fault).__name__}")
        self.archive.close()
        self.notifier.close()
        return results["passed"], results["failed"]

    # The files

    def names(self, folder):
        return [name for name in (self.spool / folder).iterdir() if name.name != ".lock"]

    def check_10_nothing_is_left_in_work(self):
        for folder in ("incoming", "active", "deferred", "accepted"):
            require_none(f"files are left in {folder}", self.names(folder))

    def check_11_every_file_is_archived_once_under_one_delivery(self):
        archived = Counter(row[2] for row in self.rows if row[5])
        if not self.is_after_power_cut:
            require_none("archived twice", (name for name, count in archived.items() if count > 1))
        require_none("archived and never dropped", (name for name in archived if name not in self.files))
        counting = {row[2] for row in self.rows if self.counts(row[1])}
        require_none("counts and not archived", counting - set(archived))
        require_none("does not count and yet archived", set(archived) - counting)
        require_none("dropped and without an ending in the log", set(self.files) - {row[2] for row in self.rows})
        ids = Counter(row[1] for row in self.rows)
        require_none("ids given twice", (delivery for delivery, count in ids.items() if count > 1))

    def counts(self, delivery):
        """Whether anything of a delivery has to be taken in."""
        return any(item not in ("held", "rejected") for item in self.expected.get(delivery, ("", []))[1])

    def check_12_the_archive_has_the_exact_bytes(self):
        contents = kept(self.archive)
        for _, delivery, name, sha256, size, has_bytes in self.rows:
            dropped = self.files[name]
            same(f"digest of {name}", (sha256, size), (dropped.sha256, len(dropped.content)))
            if has_bytes and contents.pop(delivery, None) != dropped.content:
                raise Findings(f"the bytes of {name}, delivery {delivery}, are not those that were dropped")
        require_none("bytes of no delivery", contents)

    def set_aside(self, folder, expected):
        """Each of the expected files lies in the folder once, with its bytes and a report."""
        found = Counter()
        for path in self.names(folder):
            if path.name.endswith(".report.json"):
                continue
            report = json.loads((path.parent / f"{path.name[:ID_LENGTH]}.report.json").read_bytes())
            name = bytes(report["fileBytes"])[:LONGEST_NAME]
            found[name] += 1
            same(f"outcome in the report on {name}", report["outcome"], folder)
            same(f"delivery in the report on {name}", report["delivery"], path.name[:ID_LENGTH])
            if name in self.files and path.read_bytes() != self.files[name].content:
                raise Findings(f"{path} has not the bytes that were dropped")
        if not self.is_after_power_cut:
            require_none(f"twice in {folder}", (name for name, count in found.items() if count > 1))
        require_none(f"wrongly in {folder}", set(found) - expected)
        require_none(f"missing in {folder}", expected - set(found))
        # A power cut may leave a report whose file did not get there and came back as a new delivery.
        if not self.is_after_power_cut:
            same(f"entries of {folder}", len(self.names(folder)), 2 * len(expected))

    def check_13_every_bad_file_is_rejected_once_with_a_report(self):
        self.set_aside("rejected", {name for name, dropped in self.files.items() if dropped.fault})

    def check_14_every_contradiction_is_held_once_with_a_report(self):
        held = {row[2] for row in self.rows if self.expected.get(row[1], ("",))[0] == "held"}
        self.set_aside("held", held)

    # The archive

    def check_20_every_update_has_the_answer_it_has_to_have(self):
        found = {}
        for delivery, item, outcome, intent in self.archive.execute(
                "SELECT d.id, l.item, l.outcome, l.intent FROM log l JOIN deliveries d ON d.n = l.delivery ORDER BY l.n"):
            found.setdefault(delivery, {})[item] = intent if outcome == "accepted" else outcome
        for delivery, (_, expected) in self.expected.items():
            items = found.pop(delivery, {})
            # One entry stands for all of a file that say nothing new, or for a file as a whole.
            answers = [items.get(number, items.get(None)) for number in range(1, len(expected) + 1)]
            same(f"answers to delivery {delivery}", answers, expected)
        require_none("entries of no file", found)

    def check_21_no_revision_is_doubled_or_left_out(self):
        made = self.archive.execute(
            "SELECT e.uid, r.revision, l.intent FROM revisions r JOIN events e ON e.n = r.event "
            "LEFT JOIN log l ON l.n = r.log ORDER BY r.log").fetchall()
        require_none("made twice", (key for key, count in Counter(row[:2] for row in made).items() if count > 1))
        require_none("not made", set(self.model.revisions) - set(made))
        require_none("made for no reason", set(made) - set(self.model.revisions))
        same("the order of the revisions is that of the deliveries", made == self.model.revisions, True)

    def check_22_the_log_has_no_gap(self):
        first, last, count = self.archive.execute("SELECT min(n), max(n), count(*) FROM log").fetchone()
        same("numbers of the log", (first, last), (1, count) if count else (None, None))
        lost = self.archive.execute("SELECT n FROM log WHERE delivery NOT IN (SELECT n FROM deliveries)").fetchall()
        require_none("entries of no delivery", lost)

    def check_23_every_event_is_in_the_state_it_has_to_be_in(self):
        found = {
            row[0]: row[1:] for row in self.archive.execute(
                "SELECT e.uid, e.revision, e.sequence, e.status, e.name, substr(e.starts, 1, 19), max(r.revision) "
                "FROM events e LEFT JOIN revisions r ON r.event = e.n GROUP BY e.n")
        }
        for uid, known in self.model.events.items():
            expected = (known.revision, known.said.sequence, known.status, known.name, known.start, known.revision)
            same(f"event {uid}", found.get(uid), expected)
        require_none("events that nobody announced", set(found) - set(self.model.events))

    def check_24_the_last_word_on_every_event_has_won(self):
        last = {}
        for dropped in self.files.values():
            for said in dropped.said:
                if said and said.sequence is not None:
                    last[said.uid] = max(last.get(said.uid, 0), said.sequence)
        found = dict(self.archive.execute("SELECT uid, sequence FROM events"))
        require_none("not the last word", (uid for uid, sequence in last.items() if found.get(uid) != sequence))

    # What subscribers heard

    def check_30_each_change_was_told_once(self):
        told = self.notifier.execute("SELECT uid, intent FROM telling ORDER BY id").fetchall()
        expected = [(uid, intent) for uid, _, intent in self.model.revisions][-self.kept_tellings:]
        more, fewer = Counter(told) - Counter(expected), Counter(expected) - Counter(told)
        require_none("told too often", more)
        if self.is_after_power_cut:
            # Subscribers hear of the state that is left; what came between is not told any more.
            require_none("never told of", set(self.model.events) - {uid for uid, _ in told})
            return
        require_none("not told", fewer)
        # A file that was alone in work at an end comes after those of other events, never after one of its own.
        same("told in the order of each event's revisions", by_event(told), by_event(expected))

    def check_31_the_notifier_knows_every_event_as_it_is(self):
        found = dict(self.notifier.execute("SELECT uid, revision FROM event"))
        same("revisions that subscribers know", found == {
            uid: known.revision for uid, known in self.model.events.items()}, True)

    def check_32_the_feed_has_each_entry_once(self):
        atom = "{http://www.w3.org/2005/Atom}"
        feed = xml.parse(self.state / "site/feed.atom").getroot()
        found = [entry.findtext(f"{atom}id") for entry in feed.findall(f"{atom}entry")]
        told = [f"urn:uuid:{row[0]}" for row in self.notifier.execute("SELECT entry FROM telling ORDER BY id DESC")]
        same("entries of the feed, newest first", found == told, True)

    def check_40_both_databases_are_whole(self):
        for database in (self.archive, self.notifier):
            same("integrity_check", database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])

    # What the senders were told

    def check_50_every_file_was_answered_and_never_in_two_ways(self):
        answers = defaultdict(set)
        for line in Path(self.work / "log").read_bytes().split(b"\n"):
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # the line at which a run was killed
            if "TIDINGS_OUTCOME" in entry:
                name = entry["TIDINGS_FILE"]
                name = name.encode() if isinstance(name, str) else bytes(name)
                answers[name[:LONGEST_NAME]].add((entry["TIDINGS_DELIVERY"], entry["TIDINGS_OUTCOME"]))
        # What is replaced was held before, and its sender has heard that.
        for pairs in answers.values():
            pairs -= {(delivery, "held") for delivery, outcome in pairs if outcome == "replaced"}
        if self.is_after_power_cut:
            given = Counter(delivery for pairs in answers.values() for delivery, _ in pairs)
            require_none("answered in two ways", (delivery for delivery, count in given.items() if count > 1))
            return
        require_none("answered in two ways", (name for name, given in answers.items() if len(given) > 1))
        require_none("never answered", set(self.files) - set(answers))
        recorded = {row[2]: {(row[1], self.expected[row[1]][0])} for row in self.rows}
        require_none("told otherwise than decided", (name for name in recorded if recorded[name] != answers[name]))
