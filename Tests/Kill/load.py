"""Kills a service under load: updates come in all the time, and it is started again after each kill."""
import os
import select
import signal
import socket
import subprocess
import time
from pathlib import Path

LONGEST_START = 1.0
LONGEST_WAIT = 300.0
# Of the kills, how many come before the service is ready; and the seconds it works before the others.
EARLY, LONGEST_WORK = 0.25, 0.25


class Service:
    """The daemon as a service, with a socket on which it says that it is ready."""

    def __init__(self, place):
        self.place = place
        self.path = str(place.folder / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.starts = []

    def start(self, batch):
        while select.select([self.socket], [], [], 0)[0]:
            self.socket.recv(4096)
        self.place.configure(batch)
        self.log = open(self.place.folder / "log", "ab")
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [self.place.binary, "--config", self.place.folder / "tidingsd.toml", "--create-spool"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env={"PATH": os.defpath, "NOTIFY_SOCKET": self.path})

    def wait_until_ready(self, limit):
        """The seconds it took, without those in which it waited for a processor that others had; None if it is not ready
        within the limit."""
        while (left := self.began + limit - time.monotonic()) > 0:
            if select.select([self.socket], [], [], left)[0] and b"READY=1" in self.socket.recv(4096):
                self.starts.append(max(0, time.monotonic() - self.began - self.waited()))
                return self.starts[-1]
        return None

    def waited(self):
        """The seconds that its threads were ready to run and did not."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[1]) for task in tasks) / 1e9

    def end(self, number, limit=None):
        self.process.send_signal(number)
        status = self.process.wait(limit)
        self.log.write(b"\n")
        self.log.close()
        return status


def kill_under_load(place, files, kills, batches, chance):
    """Kills that often while the files come in, then lets the service work off what is left and stops it. Gives the
    seconds of each start until it was ready, for each kill the files that were in work, and what was wrong."""
    service, met, wrong = Service(place), [], []
    early = LONGEST_START
    for number in range(kills):
        due = files[len(files) * number // (kills + 1): len(files) * (number + 1) // (kills + 1)]
        place.drop(due[::2])
        service.start(chance.choice(batches))
        if chance.random() < EARLY:
            drop_slowly(place, due[1::2], chance.uniform(0, early))
        else:
            took = service.wait_until_ready(LONGEST_WAIT)
            if took is None or took > LONGEST_START:
                wrong.append(f"start {number + 1} was ready after {took} s")
            early = max(service.starts, default=early)
            drop_slowly(place, due[1::2], chance.uniform(0, LONGEST_WORK))
        status = service.end(signal.SIGKILL)
        if status != -signal.SIGKILL:
            wrong.append(f"run {number + 1} had ended with status {status}")
        met.append(place.in_work())
    place.drop(files[len(files) * kills // (kills + 1):])
    service.start(batches[-1])
    if service.wait_until_ready(LONGEST_WAIT) is None:
        wrong.append("the last start was not ready")
    end = time.monotonic() + LONGEST_WAIT + len(files) / 100
    while place.left() and time.monotonic() < end:
        time.sleep(0.05)
    status = service.end(signal.SIGTERM, 60)
    if status != 0:
        wrong.append(f"the last run ended with status {status}")
    return service.starts, met, wrong


def drop_slowly(place, files, seconds):
    """Drops the files one after the other over that time."""
    for file in files:
        place.drop([file])
        time.sleep(seconds / len(files))
    if not files:
        time.sleep(seconds)
