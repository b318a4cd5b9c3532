"""Runs the daemon on ten deliveries, under the shim or without it, and looks at what became of them."""
import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import people
import ten
from checks import Checks

TELLINGS = 10_000
READY, STARTED = "8afc061b5c1991986268cd39a6f5c1ed", "7ae9cc30a6cfd57d01b9e5400a3397ff"
# What can change a file or depends on its bytes; and every kind that is counted.
CHANGING, ALL = "okrwsnudtam", "okrwsnudtamilfhc"


def build_shim(folder):
    """Compiles the shim into a folder."""
    shim = Path(folder, "shim.so")
    sources = sorted(str(path) for path in Path(__file__).parent.glob("shim*.c"))
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", shim, *sources], check=True)
    return shim


class Run:
    """A run that has ended: its status (negative for a signal; None where it had to be killed because it did not end),
    its entries, and the seconds until it was ready, None if it never was."""

    def __init__(self, status, entries, began):
        self.status, self.entries = status, entries
        ready = [entry["time"] for entry in entries if entry["MESSAGE_ID"] == READY]
        self.ready = datetime.fromisoformat(ready[0]).timestamp() - began if ready else None

    def has(self, message):
        return any(entry["MESSAGE_ID"] == message for entry in self.entries)


class Place:
    """A folder with a spool and the daemon's log. In the spool lie ten files; or, where a folder with a `prepared` house is
    given, what people ask about that."""

    def __init__(self, folder, binary, shim, prepared=None):
        self.folder, self.binary, self.shim = Path(folder), binary, shim
        self.house, self.prepared = self.folder / "house", prepared
        self.files = ten.files()
        self.folder.mkdir()
        (self.folder / "tidingsd.toml").write_text(
            f'[service]\nstate_directory = "{self.house}/state"\nlog = "json"\n'
            f'[spool]\ndirectory = "{self.house}/spool"\n[pipeline]\nretry_first = "100ms"\nmax_ends_alone = 100\n'
            f'[plugins.archiver]\nblast_radius_least = 1000000\n[[plugins.notifier.channel]]\nfeed_entries = {TELLINGS}\npublish_interval = "1h"\n')

    def drop(self):
        if self.prepared:
            shutil.copytree(self.prepared / "house", self.house)
            return people.drop(self)
        incoming = self.house / "spool/incoming"
        incoming.mkdir(parents=True)
        for dropped in self.files:
            (incoming / os.fsdecode(dropped.name)).write_bytes(dropped.content)
        return None

    def waiting(self):
        """How many files lie in incoming/ or active/."""
        folders = [self.house / "spool" / name for name in ("incoming", "active")]
        return sum(
            not name.startswith(".") for folder in folders if folder.exists() for name in os.listdir(folder))

    def run(self, limit, **settings):
        """Runs the daemon, with the shim if there are settings for it."""
        environment = {"PATH": os.defpath}
        if settings:
            environment |= {
                "LD_PRELOAD": str(self.shim), "SHIM_UNDER": str(self.house),
                **{f"SHIM_{name.upper()}": str(value) for name, value in settings.items()}}
        log = self.folder / "log"
        begin = log.stat().st_size if log.exists() else 0
        began = time.time()
        with open(log, "ab") as output:
            process = subprocess.Popen(
                [self.binary, "--config", self.folder / "tidingsd.toml", "--create-spool", "--once"],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment)
            try:
                status = process.wait(limit)
            except subprocess.TimeoutExpired:
                status = None
                process.kill()
                process.wait()
            output.write(b"\n")
        with open(log, "rb") as output:
            output.seek(begin)
            lines = output.read().split(b"\n")
        entries = []
        for line in lines:
            try:
                entries.append(json.loads(line))
            except ValueError:
                continue  # the line at which a run was killed, or words of the C library
        return Run(status, [entry for entry in entries if isinstance(entry, dict)], began)

    def faults(self, is_after_power_cut=False, may_refuse=False):
        """What is wrong with the result, a sentence each."""
        if self.prepared:
            return people.faults(self, may_refuse)
        found = []
        (self.house / "log").write_bytes((self.folder / "log").read_bytes())
        try:
            Checks(self.house, self.files, TELLINGS, is_after_power_cut).run(
                lambda line: line.startswith("FAILED") and found.append(line[8:]))
        except Exception as fault:  # a database or folder that is not there
            found.append(f"cannot be looked at: {type(fault).__name__}: {fault}")
        return found


def prepared(work, binary, shim):
    """A house about which people ask something: its folder."""
    place = Place(work / "prepared", binary, shim)
    people.prepare(place)
    return place.folder


def tried(points, work, workers):
    """Does the work for each point, (name, what it needs), several at a time, and gives (name, what was wrong) in the
    order of the points. They are made only a few ahead."""
    waiting = collections.deque()
    with ThreadPoolExecutor(workers) as pool:
        for name, point in points:
            waiting.append((name, pool.submit(work, point)))
            if len(waiting) >= 4 * workers:
                name, result = waiting.popleft()
                yield name, result.result()
        while waiting:
            name, result = waiting.popleft()
            yield name, result.result()


def command(usage, prefix, body, workers):
    """A command that tries points: reads its arguments and calls `body(options, work, binary, shim)`, which gives how
    many passed and how many failed. Gives the exit status."""
    parser = argparse.ArgumentParser(usage=usage)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--workers", type=int, default=workers)
    parser.add_argument("--point")
    parser.add_argument("--prove", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    top = Path(__file__).resolve().parent.parent.parent
    binary = Path(os.environ.get("TIDINGS_BINARIES", top / ".build/release")) / "tidingsd"
    if not os.access(binary, os.X_OK):
        print(f"{prefix}: {binary} is missing; run Deploy/build", file=sys.stderr)
        return 1
    work = Path(tempfile.mkdtemp(prefix=f"tidings-{prefix}.", dir=os.environ.get("TMPDIR", "/var/tmp")))
    try:
        passed, failed = body(options, work, binary, build_shim(work))
        print(f"{passed} passed, {failed} failed")
        return 1 if failed else 0
    finally:
        if options.keep:
            print(f"kept: {work}")
        else:
            shutil.rmtree(work, ignore_errors=True)
