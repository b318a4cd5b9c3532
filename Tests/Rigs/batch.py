"""A batch of files on a spool of its own: the daemon works it off, and what is wrong with that is looked at."""
import json
import os
import re
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "Kill"))
from packed import kept

ID_LENGTH = 26
ASIDE = ("rejected", "held", "deferred")
# Entries that no file may cause, and what they say.
TROUBLES = {
    "bf9ae329374b16907e096a3ca9528f61": "the service failed",
    "4f9fdd593fa56f1f023c35c61b17dd6c": "work stood still",
    "da31ab4103573043630ff7e646f38c87": "trouble with the spool",
    "e5c5e4b821717ee55ab617de6c118a3e": "a claim was lost",
    "e1239461161d44015b679494335dad05": "a flush failed",
    "ae2b5c1628d1349b1d47542f00252b55": "a reply could not be written",
    "ebc64ad07435d42f22cf530729aad678": "a stage failed",
    "0e9f3a6b2c714d58b6e1a94c7d2f8035": "a stage overran its deadline",
    "8c2d7e51f40b4a6f9d13b7e6052ca94d": "a call was left behind",
    "ccf40a9727184fafad52ef711bfab5ec": "a file was set aside",
}
MESSAGE_OF_THE_RUNTIME = re.compile(rb"^.*(?:Fatal error|AddressSanitizer|terminate called|Assertion).*$", re.M)


def says_why(report, folder):
    """Whether a report says why its file lies there: of an update, or of the file as a whole."""
    if not report["message"] or report["outcome"] not in (folder, "partial"):
        return False
    waiting = [update for update in report["updates"] if update["outcome"] == folder]
    return bool(report["diagnostics"]) or any(update["diagnostics"] or update["stages"] for update in waiting)


@dataclass(frozen=True)
class Finding:
    """What is wrong: its kind, which stays the same while a batch is bisected, a sentence, and the file where it is known."""
    kind: str
    words: str
    name: str | None = None


@dataclass
class Limits:
    """What a batch may take: seconds until it is taken for hung, of CPU for all and for each file, bytes of memory."""
    seconds: float = 60
    cpu_seconds: float = 1.0
    cpu_seconds_a_file: float = 0.002
    memory_bytes: int = 512 << 20


@dataclass
class Cost:
    """What the last run took."""
    cpu_seconds: float = 0.0
    memory_bytes: int = 0


class Batch:
    """Drops files, runs the daemon with --once, and looks. `damage`, called with the folder after the run, spoils the
    result: that is how the checks are proved."""

    def __init__(self, work, daemon, limits, stages=None, damage=None):
        self.work, self.daemon, self.limits, self.stages, self.damage = Path(work), daemon, limits, stages, damage
        self.cost = Cost()
        self.runs = 0

    def findings(self, files):
        """What is wrong after a run with the files, a dictionary of name and bytes."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.spool, self.state = self.work / "spool", self.work / "state"
        incoming = self.spool / "incoming"
        incoming.mkdir(parents=True)
        for name, content in files.items():
            (incoming / name).write_bytes(content)
        stages = f"stages = {json.dumps(self.stages)}\n" if self.stages else ""
        (self.work / "tidingsd.toml").write_text(
            f'[service]\nstate_directory = "{self.state}"\nlog = "json"\n[spool]\ndirectory = "{self.spool}"\n'
            f'min_free_bytes = 0\n[pipeline]\nretry_first = "100ms"\n{stages}'
            '[[plugins.notifier.channel]]\npublish_interval = "1h"\n')
        self.runs += 1
        found = self.run(len(files))
        if any(finding.kind in ("signal", "hang", "status") for finding in found):
            return found
        if self.damage:
            self.damage(self.work)
        return found + self.trouble() + self.missing(files)

    def run(self, count):
        with open(self.work / "log", "wb") as log:
            process = subprocess.Popen(
                [self.daemon, "--config", self.work / "tidingsd.toml", "--create-spool", "--once"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={"PATH": os.defpath, "SWIFT_BACKTRACE": "enable=no"},
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
            handle = os.pidfd_open(process.pid)
            try:
                poll = select.poll()
                poll.register(handle, select.POLLIN)
                is_hung = not poll.poll(1000 * self.limits.seconds)
                if is_hung:
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            finally:
                os.close(handle)
        self.cost = Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10)
        if is_hung:
            return [Finding("hang", f"did not end within {self.limits.seconds:.0f} s")]
        status = process.returncode
        if status not in (0, 1):
            told = MESSAGE_OF_THE_RUNTIME.search((self.work / "log").read_bytes())
            told = f": {told[0].decode(errors='replace')}" if told else ""
            if status < 0:
                return [Finding("signal", f"died by {signal.Signals(-status).name}{told}")]
            return [Finding("status", f"ended with status {status}{told}")]
        found = []
        if self.cost.cpu_seconds > self.limits.cpu_seconds + count * self.limits.cpu_seconds_a_file:
            found.append(Finding("time", f"took {self.cost.cpu_seconds:.2f} s of CPU"))
        if self.cost.memory_bytes > self.limits.memory_bytes:
            found.append(Finding("memory", f"took {self.cost.memory_bytes >> 20} MiB of memory"))
        return found

    def entries(self):
        for line in (self.work / "log").read_bytes().split(b"\n"):
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # words of a C library
            if isinstance(entry, dict):
                yield entry

    def trouble(self):
        """Entries that tell of trouble of the service."""
        found = {}
        for entry in self.entries():
            if entry.get("MESSAGE_ID") in TROUBLES:
                words = TROUBLES[entry["MESSAGE_ID"]]
                found[words] = Finding("trouble", f"{words}: {entry['MESSAGE']}")
            elif int(entry["PRIORITY"]) <= 3:
                found["other"] = Finding("trouble", entry["MESSAGE"])
            elif entry.get("TIDINGS_OUTCOME") in ASIDE and "TIDINGS_CODE" not in entry:
                # A stage that cannot work on an update has no code for it.
                name = entry.get("TIDINGS_FILE")
                found[name] = Finding("trouble", entry["MESSAGE"], name)
        return list(found.values())

    def missing(self, files):
        """Files without an answer, or with more than one."""
        found = []
        answers = defaultdict(list)
        kept, names = self.archived()
        for entry in self.entries():
            if "TIDINGS_OUTCOME" in entry:
                delivery = entry["TIDINGS_DELIVERY"]
                # The journal does not name the file of what is private.
                given = answers[entry.get("TIDINGS_FILE") or names.get(delivery)]
                # What waited and is replaced by a later word of its source is told of again.
                if " replaced by " in entry["MESSAGE"] or entry["TIDINGS_OUTCOME"] == "replaced":
                    given[:] = [answer for answer in given if answer not in ((delivery, "held"), (delivery, "partial"))]
                given.append((delivery, entry["TIDINGS_OUTCOME"]))
        aside = self.aside(found)
        for folder in ("incoming", "active"):
            for name in os.listdir(self.spool / folder):
                if name.startswith("."):
                    continue
                dropped = name[ID_LENGTH + 1:] if folder == "active" else name
                found.append(Finding("answer", f"left in {folder}/", dropped if dropped in files else None))
        for name, content in files.items():
            given = answers.get(name, [])
            if len(given) != 1:
                words = f"answered {len(given)} times" if given else "no answer in the journal"
                found.append(Finding("answer", words, name))
                continue
            delivery, outcome = given[0]
            # A partial one waits while something of it is held.
            waits = outcome in ASIDE or outcome == "partial" and (delivery, "held") in aside
            folder = "held" if outcome == "partial" else outcome
            if waits and aside.pop((delivery, folder), None) != content:
                found.append(Finding("answer", f"{outcome}, and not in {folder}/ with its bytes", name))
            if outcome not in ASIDE and kept.pop(delivery, None) != content:
                found.append(Finding("answer", f"{outcome}, and not archived with its bytes", name))
        return found + [
            Finding("answer", f"in {folder}/ as {delivery}, and nobody was told") for delivery, folder in aside]

    def archived(self):
        """The bytes of each archived delivery, and the names of all that were decided about."""
        archive = sqlite3.connect(f"file:{self.state}/archiver/archive.sqlite?mode=ro", uri=True)
        try:
            names = archive.execute("SELECT id, file FROM deliveries")
            return kept(archive), {delivery: os.fsdecode(name) for delivery, name in names}
        finally:
            archive.close()

    def aside(self, found):
        """The bytes of what lies in the folders for what was not accepted, each with a report that tells its outcome."""
        contents = {}
        for folder in ASIDE:
            names = {name for name in os.listdir(self.spool / folder) if not name.startswith(".")}
            reports = {name for name in names if name[ID_LENGTH:] == ".report.json"}
            for name in names - reports:
                delivery, dropped = name[:ID_LENGTH], name[ID_LENGTH + 1:]
                contents[delivery, folder] = (self.spool / folder / name).read_bytes()
                if f"{delivery}.report.json" not in reports:
                    found.append(Finding("answer", f"in {folder}/ without a report", dropped))
                    continue
                reports.discard(f"{delivery}.report.json")
                try:
                    report = json.loads((self.spool / folder / f"{delivery}.report.json").read_bytes())
                    if not says_why(report, folder):
                        found.append(Finding("answer", "its report does not say why", dropped))
                except ValueError as fault:
                    found.append(Finding("answer", f"its report cannot be read: {fault}", dropped))
            found += [Finding("answer", f"a report in {folder}/ without its file") for _ in reports]
        return contents

    def outcomes(self):
        """How often each outcome was told in the last run."""
        return Counter(entry["TIDINGS_OUTCOME"] for entry in self.entries() if "TIDINGS_OUTCOME" in entry)


def culprits(batch, files, kind):
    """The fewest files found, by halves, that show a finding of that kind, and the finding; none where it does not come
    again."""
    def shows(names):
        return next((finding for finding in batch.findings({name: files[name] for name in names}) if finding.kind == kind), None)

    names, last = sorted(files), shows(sorted(files))
    if last is None:
        return [], None
    while len(names) > 1:
        middle = len(names) // 2
        for half in (names[:middle], names[middle:]):
            if finding := shows(half):
                names, last = half, finding
                break
        else:
            # It takes files of both halves: leave out one small part after the other.
            return fewer(names, shows, last)
    return names, last


def fewer(names, shows, last):
    part = max(1, len(names) // 4)
    while part:
        at = 0
        while at < len(names):
            rest = names[:at] + names[at + part:]
            finding = shows(rest) if rest else None
            if finding:
                names, last = rest, finding
            else:
                at += part
        part //= 2
    return names, last
