"""Damage of the kinds that the checks of the kill test are there for: each changes a result that was right."""
import sqlite3


def sql(database, *statements):
    def damage(folder):
        connection = sqlite3.connect(folder / "state" / database)
        with connection:
            for statement in statements:
                if connection.execute(statement).rowcount == 0:
                    raise ValueError(f"changed nothing: {statement}")
        connection.close()

    return damage


def first(folder):
    """The first file of a folder that is neither a report nor a dotfile."""
    return min(path for path in folder.iterdir() if not path.name.startswith(".") and path.suffix != ".json")


def take_away(folder):
    first(folder / "spool/rejected").unlink()


def leave_in_work(folder):
    path = first(folder / "spool/held")
    (folder / "spool/active" / path.name).write_bytes(path.read_bytes())


def leave_waiting(folder):
    (folder / "spool/incoming/late.jsonld").write_text("{}")


def lose_report(folder):
    min((folder / "spool/held").glob("*.report.json")).unlink()


def flip(folder):
    """One page of the archive's index of ids is wrong."""
    path = folder / "state/archiver/archive.sqlite"
    connection = sqlite3.connect(path)
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'deliveries_by_id'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)


def lose_answers(folder):
    log = folder / "log"
    lines = log.read_bytes().split(b"\n")
    name = next(line for line in lines if b"TIDINGS_OUTCOME" in line).split(b'"TIDINGS_FILE":')[1].split(b",")[0]
    log.write_bytes(b"\n".join(line for line in lines if name not in line))


ARCHIVE, NOTIFIER = "archiver/archive.sqlite", "notifier/notifier.sqlite"
KEPT = "n = (SELECT min(n) FROM bytes)"
REVISION = "log = (SELECT min(log) FROM revisions)"

FAULTS = {
    "nothing": lambda folder: None,
    "a delivery is missing": sql(ARCHIVE, "DELETE FROM deliveries WHERE n = (SELECT max(n) FROM deliveries)"),
    "a delivery is there twice": sql(
        ARCHIVE, "CREATE TEMP TABLE d AS SELECT * FROM deliveries WHERE bytes IS NOT NULL ORDER BY n LIMIT 1",
        "UPDATE d SET n = 1000000000, id = substr(id, 1, 25) || '!'", "INSERT INTO deliveries SELECT * FROM d"),
    "a byte differs": sql(ARCHIVE, f"UPDATE bytes SET body = CAST(body || x'20' AS BLOB) WHERE {KEPT}"),
    "the bytes are missing": sql(ARCHIVE, f"DELETE FROM bytes WHERE {KEPT}"),
    "the log has a gap": sql(ARCHIVE, "DELETE FROM log WHERE n = (SELECT max(n) FROM log) / 2"),
    "an ending is not in the log": sql(ARCHIVE, "DELETE FROM log WHERE n = (SELECT max(n) FROM log)"),
    "a revision is doubled": sql(
        ARCHIVE, f"CREATE TEMP TABLE r AS SELECT * FROM revisions WHERE {REVISION}",
        "UPDATE r SET revision = 1000000000", "INSERT INTO revisions SELECT * FROM r"),
    "a revision is missing": sql(ARCHIVE, f"DELETE FROM revisions WHERE {REVISION}"),
    "an event has gone back": sql(ARCHIVE, "UPDATE events SET sequence = sequence - 1, name = 'x' WHERE n = (SELECT min(n) FROM events)"),
    "a change was told twice": sql(
        NOTIFIER, "CREATE TEMP TABLE t AS SELECT * FROM telling ORDER BY id LIMIT 1",
        "UPDATE t SET id = 1000000000", "INSERT INTO telling SELECT * FROM t"),
    "two changes of an event were told in the wrong order": sql(
        NOTIFIER, "CREATE TEMP TABLE t AS SELECT min(id) AS a, max(id) AS b FROM telling GROUP BY uid "
        "HAVING count(DISTINCT intent) = 2 AND count(*) = 2 LIMIT 1",
        "UPDATE telling SET id = 1000000000 WHERE id = (SELECT a FROM t)",
        "UPDATE telling SET id = (SELECT a FROM t) WHERE id = (SELECT b FROM t)",
        "UPDATE telling SET id = (SELECT b FROM t) WHERE id = 1000000000"),
    "a change was not told": sql(NOTIFIER, "DELETE FROM telling WHERE id = (SELECT max(id) FROM telling)"),
    "a rejected file is missing": take_away,
    "a file is left in work": leave_in_work,
    "a file still waits": leave_waiting,
    "a report is missing": lose_report,
    "a page of the archive is damaged": flip,
    "a file has no answer": lose_answers,
}
