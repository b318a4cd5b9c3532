"""Faults that the rig has to find: files that the trouble daemon heeds, and results that were right and are spoilt."""
import json
import os
import sqlite3

from batch import ASIDE, ID_LENGTH, Limits

# What a file says, the kind of finding it has to be, and the fault in words.
WORDS = {
    "TROUBLE-CRASH": ("signal", "a file that ends the process"),
    "STRAIN-FREEZE": ("hang", "a file that stops every thread"),
    "STRAIN-SPIN": ("time", "a file that takes two seconds of CPU"),
    "STRAIN-SWELL": ("memory", "a file that takes a gibibyte"),
    "TROUBLE-FAIL": ("trouble", "a file that a stage fails at"),
    "TROUBLE-HANG": ("trouble", "a file that hangs a stage"),
}
# What the stages see: a file without an event is refused before.
HEEDED = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:heeded\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20370101T190000Z\r\n"
    "SUMMARY:A concert {word} \r\nLOCATION:Town hall\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
FILES = 16
PLANTED = 9


def first_aside(folder):
    """A file that was not accepted, and its report."""
    for name in ASIDE:
        for path in sorted((folder / "spool" / name).iterdir()):
            if path.name[ID_LENGTH:] != ".report.json" and not path.name.startswith("."):
                return path, path.with_name(f"{path.name[:ID_LENGTH]}.report.json")
    raise ValueError("everything was accepted: nothing to spoil")


def lose_file(folder):
    first_aside(folder)[0].unlink()


def lose_report(folder):
    first_aside(folder)[1].unlink()


def cut_report(folder):
    report = first_aside(folder)[1]
    report.write_bytes(report.read_bytes()[:40])


def say_nothing(folder):
    report = first_aside(folder)[1]
    report.write_text(json.dumps(json.loads(report.read_bytes()) | {"diagnostics": [], "updates": []}))


def change_byte(folder):
    path = first_aside(folder)[0]
    path.write_bytes(path.read_bytes() + b" ")


def leave(folder, name):
    path = first_aside(folder)[0]
    dropped = path.name if name == "active" else path.name[ID_LENGTH + 1:]
    path.rename(folder / "spool" / name / dropped)


def lose_answer(folder):
    log = folder / "log"
    lines = log.read_bytes().split(b"\n")
    lost = next(line for line in lines if b"TIDINGS_OUTCOME" in line)
    log.write_bytes(b"\n".join(line for line in lines if line != lost))


def answer_twice(folder):
    with open(folder / "log", "r+b") as log:
        told = next(line for line in log if b"TIDINGS_OUTCOME" in line)
        log.seek(0, os.SEEK_END)
        log.write(told)


def lose_archived(folder):
    archive = sqlite3.connect(folder / "state/archiver/archive.sqlite")
    with archive:
        if archive.execute("DELETE FROM bytes WHERE n = (SELECT min(n) FROM bytes)").rowcount != 1:
            raise ValueError("nothing was archived: nothing to spoil")
    archive.close()


DAMAGE = {
    "a rejected or held file is gone": lose_file,
    "a report is gone": lose_report,
    "a report is cut": cut_report,
    "a report says nothing": say_nothing,
    "a file has another byte": change_byte,
    "a file is left in incoming/": lambda folder: leave(folder, "incoming"),
    "a file is left in active/": lambda folder: leave(folder, "active"),
    "an answer is missing": lose_answer,
    "a file was answered twice": answer_twice,
    "archived bytes are gone": lose_archived,
}


def prove(options, work, work_off, pursue):
    """Plants each fault in a batch that is right without; gives how many were found and how many not."""
    daemon = options.binaries / "trouble-daemon"
    stages = ["trouble", "strain", "validator", "archiver", "notifier"]
    work_off.daemon = daemon
    files = work_off.files(range(options.first, options.first + FILES))
    name = sorted(files)[min(PLANTED, len(files) - 1)]
    passed = failed = 0

    def tell(words, is_found, found):
        nonlocal passed, failed
        passed, failed = passed + is_found, failed + (not is_found)
        shown = "; ".join(f"{', '.join(names[:3])}: {finding.words}" for names, finding, _ in found[:2]) or "nothing found"
        print(f"{'ok     ' if is_found else 'FAILED '} {words} -> {shown}", flush=True)

    clean = work_off.batch("clean", stages=stages)
    findings = clean.findings(files)
    tell("nothing", not findings, [([], finding, b"") for finding in findings])
    for word, (kind, words) in WORDS.items():
        batch = work_off.batch(word, stages=stages)
        # On a busy machine a gibibyte costs time too, which is another finding.
        batch.limits = Limits(
            seconds=5 if word == "STRAIN-FREEZE" else 60, cpu_seconds=60 if kind == "memory" else Limits.cpu_seconds)
        planted = files | {name: HEEDED.format(word=word).encode()}
        found = pursue(batch, planted, batch.findings(planted))
        tell(words, any(names == [name] and finding.kind == kind for names, finding, _ in found), found)
    for words, damage in DAMAGE.items():
        batch = work_off.batch("damage", stages=stages, damage=damage)
        found = [([finding.name or "?"], finding, b"") for finding in batch.findings(files)]
        tell(words, any(finding.kind == "answer" for _, finding, _ in found), found)
    return passed, failed
