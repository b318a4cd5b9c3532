"""A model of a disk, fed from the shim's trace, and what a power cut may leave of it.

Only a flush makes anything durable: of a file its bytes, of a folder the names in it. What was not flushed may have
reached the disk or not, each name and each write by itself; a rename does so as a whole. The folders of the first
files are taken to be durable, and so are the files in them: that was their sender's duty."""
import random
from dataclasses import dataclass, field
from pathlib import Path

# The index of a write-ahead log is made anew after a crash, whatever is in it.
IGNORED = "-shm"


@dataclass
class File:
    durable: bytes = b""
    # (offset, bytes) of writes, (size, None) of truncations, since the last flush
    pending: list = field(default_factory=list)

    def content(self, chosen):
        content = bytearray(self.durable)
        for (offset, written), is_there in zip(self.pending, chosen):
            if not is_there:
                continue
            if written is None:
                content = content[:offset].ljust(offset, b"\0")
            else:
                content = content.ljust(offset, b"\0")
                content[offset: offset + len(written)] = written
        return bytes(content)


@dataclass
class Folder:
    names: dict = field(default_factory=dict)


@dataclass
class Change:
    """A change of names: the old one (None of what is made), the new one (None of what is removed), what it names."""
    old: str | None
    new: str | None
    node: object
    durable: bool = False


def parent(path):
    """The folder that has the name: "" for the house itself."""
    return None if path is None else path.rpartition("/")[0]


class Disk:
    """`house` is the folder whose tree is modelled; paths are relative to it."""

    def __init__(self, house):
        self.house = str(house)
        self.tree = {}  # path -> node, as programs see it
        self.first = {}
        self.changes = []
        for path in sorted(Path(house).rglob("*")):
            name = str(path.relative_to(house))
            self.first[name] = Folder() if path.is_dir() else File(path.read_bytes())
        self.first[""] = Folder()
        self.tree = dict(self.first)

    def relative(self, path):
        assert f"{path}/".startswith(f"{self.house}/"), path
        return path[len(self.house) + 1:]

    def follow(self, line):
        """Takes in a line of the trace; whether something has changed."""
        number, kind, result, how, path, *rest = line.split("\t")
        if int(result) < 0 or how == "failed" or path.endswith((IGNORED, " (deleted)")):
            return False
        path = self.relative(path)
        if kind in "ok" and rest[0] in ("made", "emptied"):
            if rest[0] == "made":
                self.change(None, path, File())
            else:
                self.tree[path].pending.append((0, None))
        elif how in ("ignored", "pretended"):
            return False
        elif kind == "w":
            self.tree[path].pending.append((int(rest[0]), bytes.fromhex(rest[1])))
        elif kind == "t":
            self.tree[path].pending.append((int(rest[0]), None))
        elif kind == "d":
            self.change(None, path, Folder())
        elif kind == "u":
            self.change(path, None, self.tree[path])
        elif kind == "n":
            self.change(path, self.relative(rest[0]), self.tree[path])
        elif kind == "s":
            self.flush(path)
        else:
            return False
        return True

    def change(self, old, new, node):
        self.changes.append(Change(old, new, node))
        self.tree.pop(old, None)
        if new is not None:
            self.tree[new] = node

    def flush(self, path):
        node = self.tree[path]
        if isinstance(node, File):
            node.durable = node.content([True] * len(node.pending))
            node.pending = []
        for change in self.changes:
            # A folder's flush is that of its names.
            if isinstance(node, Folder) and path in (parent(change.old), parent(change.new)):
                change.durable = True

    def state(self, chooses_name, chooses_write):
        """What is on the disk if, beside what is durable, those changes of names and those writes reached it."""
        tree = dict(self.first)
        for change in self.changes:
            if not (change.durable or chooses_name()):
                continue
            if change.old is not None and tree.get(change.old) is not change.node:
                continue
            if change.new is not None and not isinstance(tree.get(parent(change.new)), Folder):
                continue
            tree.pop(change.old, None)
            if change.new is not None:
                tree[change.new] = change.node
        return {
            path: None if isinstance(node, Folder) else node.content([chooses_write() for _ in node.pending])
            for path, node in tree.items() if path
        }

    def states(self, seed):
        """The states that are tried, by name: the least, the names without the bytes, the bytes without the names, a
        mixture."""
        chance = random.Random(seed)
        yes, no, perhaps = (lambda: True), (lambda: False), (lambda: chance.random() < 0.5)
        return {
            "nothing but what was flushed": self.state(no, no), "names without bytes": self.state(yes, no),
            "bytes without names": self.state(no, yes), "a part of both": self.state(perhaps, perhaps),
        }

    def seen(self):
        """What programs see."""
        return self.state(lambda: True, lambda: True)


def write(state, house):
    """Makes a folder with that state."""
    for path, content in sorted(state.items()):
        place = Path(house, path)
        if content is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
