# Small files that want to take the service down, from one member, beside a neighbour's.
# shellcheck shell=bash disable=SC2154

# Writes files with the numbers and rules that broke programs like this one: COPIES of each into a folder.
hostile_files() { # FOLDER COPIES
    python3 - "$1" "$2" "$TIDINGS_TOP/../shared/cases/hostile" <<'PYTHON'
import glob, os, sys
folder, copies, more = sys.argv[1], int(sys.argv[2]), sys.argv[3]
LEAST, MOST = -2**63, 2**63 - 1
RULES = [
    f"FREQ=MONTHLY;COUNT=3;BYDAY={LEAST}SU", f"FREQ=MONTHLY;COUNT=3;BYDAY={MOST}MO", f"FREQ=YEARLY;INTERVAL={MOST}",
    f"FREQ=DAILY;COUNT={MOST}", f"FREQ=MONTHLY;BYMONTHDAY={LEAST}", f"FREQ=YEARLY;BYYEARDAY={LEAST};BYSETPOS={LEAST}",
    f"FREQ=YEARLY;BYWEEKNO={LEAST}", f"FREQ=MONTHLY;BYDAY=SU;BYSETPOS={LEAST}", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;INTERVAL=9999999", "RSCALE=ETHIOPIC;FREQ=MONTHLY;BYMONTH=13",
    "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTH=12L;BYMONTHDAY=30", "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=30",
]
LINES = [
    f"SEQUENCE:{LEAST}", f"DURATION:P{MOST}W", f"DURATION:-P{MOST}DT{MOST}S", f"GEO:{MOST};{LEAST}",
    f"DTEND;VALUE=DATE:{MOST}", f"X-WR-TIMEZONE:UTC+{MOST}", f"PRIORITY:{LEAST}",
]
files = []
for line in [f"RRULE:{rule}" for rule in RULES] + LINES:
    files.append(("ics", "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:hostile-%d", "DTSTAMP:20260101T000000Z",
        "SUMMARY:N", "LOCATION:L", "DTSTART;VALUE=DATE:20000101", line, "END:VEVENT", "END:VCALENDAR", ""])))
for number in (LEAST, MOST, -MOST, "1e308", "-1e-308", "9" * 4000):
    files.append(("jsonld", '{"@context":"https://schema.org","@type":"Event","identifier":"hostile-%%d","name":"N",'
        '"startDate":"2031-03-14","sequence":%s,"location":{"@type":"Place","name":"L","geo":{"@type":"GeoCoordinates",'
        '"latitude":%s,"longitude":%s}},"offers":{"@type":"Offer","price":%s}}\n' % ((number,) * 4)))
for number in (LEAST, MOST, "9" * 400):
    files.append(("txt", f"UID: hostile-%d\nYear: {number}\n\nTalk\n\nThe talk will be held on {number} May {number} at "
        f"{number}:{number} in Ghent.\n"))
for kind, text in files:
    for copy in range(copies):
        name = f"{folder}/hostile-{files.index((kind, text))}-{copy}.{kind}"
        with open(name, "w", newline="") as file: file.write(text.replace("%d", f"{files.index((kind, text))}-{copy}"))
for path in sorted(glob.glob(f"{more}/*")):
    for copy in range(copies):
        with open(path, "rb") as source, open(f"{folder}/copy-{copy}-{os.path.basename(path)}", "wb") as file:
            file.write(source.read())
PYTHON
}

# The seconds after which five files of bob's were answered, one after the other, sorted.
answered() { # PREFIX
    local number begin
    for number in {1..5}; do
        update "$1-$number" >"/tmp/$1-$number.jsonld"
        chmod a+r "/tmp/$1-$number.jsonld"
        begin=$EPOCHREALTIME
        as bob tidings submit --wait --timeout 10min "/tmp/$1-$number.jsonld" >/tmp/answer
        awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.3f\n", b - a}'
    done | sort -n
}

# The same while alice drops all files of a folder, and waits until those have their outcomes.
beside() { # FOLDER PREFIX
    local from
    from=$(cursor)
    as alice sh -c 'cp "$1"/* "$0"' "$spool/incoming" "$1" &
    answered "$2"
    wait $!
    wait_seconds=600 wait_values "$from" "$(find "$1" -type f | wc -l)" TIDINGS_FILE TIDINGS_SUBMITTER=$alice
}

test_hostile_files_neither_end_the_service_nor_hold_up_a_neighbour() {
    wipe
    systemctl start tidingsd.service
    local from restarts alone harmless hostile number
    restarts=$(property NRestarts)
    mkdir /tmp/hostile /tmp/harmless
    hostile_files /tmp/hostile 90
    update UID-OF-THE-UPDATE >/tmp/update
    for ((number = $(find /tmp/hostile -type f | wc -l); number > 0; number--)); do
        sed "s/UID-OF-THE-UPDATE/harmless-$number/; s/town band/town band, no. $number/" /tmp/update >/tmp/harmless/$number.jsonld
    done
    chmod -R a+rX /tmp/hostile /tmp/harmless
    alone=$(answered alone)
    harmless=$(beside /tmp/harmless harmless)
    from=$(cursor)
    hostile=$(beside /tmp/hostile hostile)
    echo "a neighbour's answers after, in seconds:"
    echo "alone:                     ${alone//$'\n'/ }"
    echo "beside as many harmless:   ${harmless//$'\n'/ }"
    echo "beside $(find /tmp/hostile -type f | wc -l) hostile files: ${hostile//$'\n'/ }"
    journalctl -q --no-pager --cursor="$from" -o json TIDINGS_SUBMITTER=$alice | python3 -c '
import collections, json, sys
print(dict(collections.Counter(json.loads(line).get("TIDINGS_OUTCOME") for line in sys.stdin)))'
    equal "$(property NRestarts)" "$restarts" "restarts"
    equal "$(property ActiveState)/$(property SubState)" active/running
    equal "$(waiting_files)" 0 "files left in the spool"
    # The third of the five: on a machine that others keep busy one alone says little, and harmless files hold up a
    # neighbour too; then these may not do much more.
    awk -v a="$(sed -n 3p <<<"$harmless")" -v b="$(sed -n 3p <<<"$hostile")" 'BEGIN {exit !(b <= 1 || b <= 3 * a)}' \
        || complain "a neighbour waited too long"
    rm -r /tmp/hostile /tmp/harmless
}
