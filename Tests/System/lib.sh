# What the system tests have in common. Waiting is for journal entries, with a deadline, never for time.
# shellcheck shell=bash

spool=/var/spool/tidingsd
state=/var/lib/tidingsd
dropins=/etc/tidingsd/tidingsd.toml.d
# What comes, comes at once; that much later it does not come at all, however busy the machine is.
deadline_seconds=${TIDINGS_DEADLINE_SECONDS:-120}

# The users of the tests: two members of tidings, one of tidings-admin, one of neither.
alice=4001 bob=4002 carol=4003 mallory=4004

complain() { printf 'line %s: %s\n' "${BASH_LINENO[1]}" "$*"; return 1; }

equal() { [ "$1" = "$2" ] || complain "${3:-value}: expected <$2>, found <$1>"; }

contains() { [[ $1 == *"$2"* ]] || complain "${3:-text}: expected to find <$2> in <$1>"; }

refused() { # COMMAND…: it must not succeed
    if "$@" >/tmp/refused-output 2>&1; then complain "was allowed: $*"; fi
}

skip() {
    echo "$*"
    exit 77
}

as() { # USER COMMAND…: with that user's groups and nothing else
    local user=$1
    shift
    setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups --inh-caps=-all --reset-env -- "$@"
}

# --- the journal

# The id of a kind of entry, from the code itself.
message_id() {
    sed -nE "s/^ *case $1 = \"([0-9a-f]{32})\"/\\1/p" "$TIDINGS_TOP/Sources/Systemd/MessageID.swift" | grep .
}

# Marks the journal's end: what comes later is what a test caused. (With --after-cursor journalctl 252 leaves out the first
# of the entries that match, so there is an entry of our own to begin at.)
cursor() {
    local mark=mark-$BASHPID-$EPOCHREALTIME
    systemd-cat -t tidings-test echo "$mark"
    journalctl --sync
    journalctl --no-pager --show-cursor -o cat -n 1 -t tidings-test MESSAGE="$mark" | sed -n 's/^-- cursor: //p' | grep .
}

# Prints the first entry after CURSOR with all MATCHes, as JSON; fails after the deadline.
wait_entry() { # CURSOR MATCH…
    local from=$1 follower entry
    shift
    exec {follower}< <(exec timeout "$deadline_seconds" journalctl -q --no-pager --no-tail -f -o json -a --cursor="$from" "$@")
    local pid=$!
    if ! IFS= read -r -u "$follower" entry; then
        complain "no entry within $deadline_seconds s: $*"
        return 1
    fi
    kill "$pid"
    exec {follower}<&-
    printf '%s\n' "$entry"
}

# Waits until COUNT different values of FIELD have come after CURSOR in entries with all MATCHes.
wait_values() { # CURSOR COUNT FIELD MATCH…
    local from=$1 count=$2 name=$3
    shift 3
    timeout "${wait_seconds:-$deadline_seconds}" python3 "$TIDINGS_TOP/Tests/System/await-values" "$from" "$count" "$name" "$@" \
        || complain "fewer than $count values of $name: $*"
}

# Waits until the site's FILE shows all TEXTs: it is published at most once a second, and there is no entry for it.
shows() { # FILE TEXT…
    timeout "$deadline_seconds" python3 "$TIDINGS_TOP/Tests/System/await-text" "$@" || complain "$1 does not show: ${*:2}"
}

count_entries() { # CURSOR MATCH…
    local from=$1
    shift
    journalctl --sync
    journalctl -q --no-pager --cursor="$from" -o cat --output-fields=PRIORITY "$@" | wc -l
}

# A field of a JSON object; an array's values come one a line. Nothing, and failure, where it is missing.
json() { # OBJECT FIELD
    python3 -c '
import json, sys
value = json.loads(sys.argv[1])[sys.argv[2]]
for one in value if isinstance(value, list) else [value]:
    print("true" if one is True else "false" if one is False else one)
' "$1" "$2"
}

# --- the service

property() { systemctl show -p "$1" --value tidingsd.service; }

running() {
    systemctl --quiet is-active tidingsd.service || {
        systemctl reset-failed tidingsd.service 2>/dev/null || true
        systemctl start tidingsd.service
    }
}

# Stops the service, throws away all it knows, and leaves it stopped.
wipe() {
    systemctl stop tidingsd.service
    systemctl reset-failed tidingsd.service 2>/dev/null || true
    rm -f "$dropins"/*
    rm -rf /etc/systemd/system/tidingsd.service.d
    find "$spool" "$state" -mindepth 2 -delete
    systemd-tmpfiles --create tidingsd.conf
    systemctl daemon-reload
}

status_of() { tidings status --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$1"; }

# How many dropped files lie in incoming/ and active/ (a lock has a dot in front).
waiting_files() { find "$spool/incoming" "$spool/active" -type f ! -name '.*' | wc -l; }

# --- updates

# An update as schema.org JSON-LD.
update() { # UID [NAME [START [SEQUENCE]]]
    printf '{"@context":"https://schema.org","@type":"MusicEvent","identifier":"%s","name":"%s","startDate":"%sT20:00:00+01:00",' \
        "$1" "${2:-Concert of the town band}" "${3:-2031-03-14}"
    printf '"endDate":"%sT22:00:00+01:00","sequence":%s,"dateModified":"2026-11-%02dT10:00:00Z",' \
        "${3:-2031-03-14}" "${4:-1}" "$((${4:-1} % 28 + 1))"
    printf '"inLanguage":"en","eventStatus":"https://schema.org/EventScheduled","eventAttendanceMode":"https://schema.org/OfflineEventAttendanceMode",'
    printf '"location":{"@type":"Place","name":"Town Hall","address":{"@type":"PostalAddress","streetAddress":"Market Square 1","addressLocality":"Zurich","addressCountry":"CH"}},'
    printf '"organizer":{"@type":"Organization","name":"Town Band"}}\n'
}

# Drops standard input under a name, complete at once.
drop() { # USER NAME
    as "$1" /bin/sh -c 'cat >"$0/.$1.part" && mv -T "$0/.$1.part" "$0/$1"' "$spool/incoming" "$2"
}

# Drops COUNT updates of as many events, UIDs PREFIX-1 to PREFIX-COUNT.
drop_many() { # USER PREFIX COUNT
    update UID-OF-THE-UPDATE >/tmp/update
    as "$1" python3 -c '
import os, sys
folder, prefix, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = open("/tmp/update").read()
for number in range(1, count + 1):
    name = f"{prefix}-{number}.jsonld"
    with open(f"{folder}/.{name}.part", "w") as file:
        file.write(text.replace("UID-OF-THE-UPDATE", f"{prefix}-{number}").replace("town band", f"town band, no. {number}"))
    os.rename(f"{folder}/.{name}.part", f"{folder}/{name}")
' "$spool/incoming" "$2" "$3"
}
