# Stories of whole weeks and bad hours: alice is the desk, bob the program that exports, carol decides.
# shellcheck shell=bash disable=SC2154

# A calendar of a program; each SHOW is UID|DAY of May|HOUR|further lines.
export_of() { # PROGRAM STAMP SHOW…
    local program=$1 stamp=$2 show uid day hour more
    shift 2
    printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:%s\r\n' "$program"
    for show; do
        IFS='|' read -r uid day hour more <<<"$show"
        printf 'BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:%s\r\nSUMMARY:Show %s\r\nLOCATION:Old hall\r\n' "$uid" "$stamp" "$uid"
        printf 'DTSTART;TZID=Europe/Zurich:203105%sT%s0000\r\n' "$day" "$hour"
        [ -z "$more" ] || printf '%s\r\n' "$more"
        printf 'END:VEVENT\r\n'
    done
    printf 'END:VCALENDAR\r\n'
}

# Submits standard input as a file of that name and prints the exit status of whoever waits for the answer.
submit_as() { # USER NAME
    local status=0
    cat >"/tmp/$2"
    chmod a+r "/tmp/$2"
    as "$1" tidings submit --wait "/tmp/$2" >/tmp/submit-answer || status=$?
    echo $status
}

# What is known of an event.
known() { # UID KEY
    tidings list --json | python3 -c '
import json, sys
print(next(event for event in map(json.loads, sys.stdin) if event["uid"] == sys.argv[1])[sys.argv[2]])
' "$1" "$2"
}

test_stories_a_week_of_an_hourly_export() {
    wipe
    printf '[publishers.venue]\nusers = [%s, %s]\n' $alice $bob >$dropins/publishers.toml
    running
    local from start hour stamp id a='a|10|19' b='b|11|19' c='c|12|19' d='d|13|19' e='e|14|19' f=
    from=$(cursor)
    start=$(($(date +%s) - 168 * 3600))
    : >/tmp/week
    for hour in {0..167}; do
        stamp=$(date -u -d "@$((start + hour * 3600))" +%Y%m%dT%H%M%SZ)
        case $hour in
        9) equal "$(export_of -//Desk//Agenda//EN "$stamp" 'a|10|19|STATUS:CANCELLED' | submit_as alice desk.ics)" 0 ;;
        10) equal "$(export_of -//Desk//Agenda//EN "$stamp" 'b|21|19' | submit_as alice desk.ics)" 0 ;;
        30) equal "$(export_of -//Desk//Agenda//EN "$stamp" 'c|12|19|DESCRIPTION:With supper.' | submit_as alice desk.ics)" 0 ;;
        # News in the export counts.
        50) e='e|14|20' ;;
        # It moves what the desk has moved: that is asked.
        60) b='b|25|19' ;;
        100)
            id=$(tidings queue --list --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["delivery"])')
            as carol tidings discard --wait -m "the desk is right" "$id"
            ;;
        110) d='d|13|19|DESCRIPTION:With a band.' ;;
        120) as carol tidings withdraw --wait --yes e ;;
        # Nobody can read its status: asked once, and not after a person has answered and corrected it.
        125) f='f|15|19|STATUS:PERHAPS' ;;
        130)
            id=$(tidings queue --list --json | python3 -c 'import json, sys; item = json.loads(sys.stdin.readline()); print("{delivery}/{item}".format(**item))')
            as carol tidings release --wait --set "name.text=Late show" "$id"
            ;;
        140) f='f|15|19|DESCRIPTION:With a choir.' ;;
        # What is cancelled leaves the export.
        150) a= ;;
        esac
        export_of "-//Venue//Export 1.$((hour / 100))//EN" "$stamp" ${a:+"$a"} "$b" "$c" "$d" "$e" ${f:+"$f"} 2>/dev/null \
            | submit_as bob venue.ics >>/tmp/week
    done
    equal "$(sort /tmp/week | uniq -c | xargs)" "166 0 2 75" "answers to the export"
    equal "$(tidings queue --list --json 2>/dev/null)" "" "what waits"
    equal "$(known a status)" cancelled
    contains "$(known b start)" 2031-05-21T19
    contains "$(tidings show c)" "With supper."
    contains "$(tidings show d)" "With a band."
    contains "$(known e start)" 2031-05-14T20
    equal "$(known e withdrawn)" True
    shows $state/site/index.html "With a band."
    refused grep -q "Show e" $state/site/index.html
    contains "$(tidings show f)" "Late show"
    contains "$(tidings show f)" "With a choir."
    # Two questions, and the end of the one that was thrown away.
    equal "$(count_entries "$from" TIDINGS_OUTCOME=held TIDINGS_OUTCOME=partial)" 3 "questions in the journal"
}

season() { # COUNT STATUS SEQUENCE [FOLDER]: one calendar, or a file for each show
    python3 -c '
import datetime, sys
count, status, sequence = int(sys.argv[1]), sys.argv[2], sys.argv[3]
def show(number):
    day = datetime.date(2031, 3, 1) + datetime.timedelta(number % 300)
    return (f"BEGIN:VEVENT\r\nUID:show-{number}\r\nDTSTAMP:20260101T000000Z\r\nSEQUENCE:{sequence}\r\n"
            f"DTSTART:{day:%Y%m%d}T190000Z\r\nSUMMARY:Show {number}\r\nLOCATION:Hall\r\nSTATUS:{status}\r\nEND:VEVENT\r\n")
def calendar(numbers):
    events = "".join(show(number) for number in numbers)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Season//EN\r\n{events}END:VCALENDAR\r\n"
if len(sys.argv) > 4:
    for number in range(1, count + 1):
        open(f"{sys.argv[4]}/false-{number:02}.ics", "w", newline="").write(calendar([number]))
else:
    sys.stdout.write(calendar(range(1, count + 1)))
' "$@"
}

cancelled_events() { tidings list --json | python3 -c 'import sys; print(sum("\"status\":\"cancelled\"" in line for line in sys.stdin))'; }

forty_false_cancellations() { # KNOWN PASSED FILES
    local known=$1 passed=$2 files=$3 since
    wipe
    running
    equal "$(season "$known" CONFIRMED 0 | submit_as alice season.ics)" 0 "exit status of the season"
    since=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
    if [ "$files" = 1 ]; then
        equal "$(season 40 CANCELLED 1 | submit_as alice false.ics)" 75 "exit status of the false cancellations"
    else
        rm -rf /tmp/false
        mkdir -m 755 /tmp/false
        season 40 CANCELLED 1 /tmp/false
        chmod a+r /tmp/false/*
        as alice tidings submit --wait /tmp/false/*.ics >/tmp/submit-answer || true
    fi
    equal "$(cancelled_events)" "$passed" "cancelled events"
    # It is asked once.
    equal "$(grep -rl 'so that a person decides' $spool/held | wc -l)" 1 "questions"
    equal "$(find $spool/held -name '*.ics' | wc -l)" $((files == 1 ? 1 : 40 - passed)) "files that wait"
    as carol tidings suspend --wait -m "the account was taken over" alice
    equal "$(update another | submit_as alice another.jsonld)" 75 "exit status while suspended"
    contains "$(tidings status)" "$alice"
    if [ "$passed" -gt 0 ]; then as carol tidings revert --user alice --since "$since" --yes --wait >/tmp/revert-answer; fi
    as carol tidings discard --user alice --since "$since" --wait >/tmp/discard-answer
    as carol tidings resume --wait alice
    equal "$(cancelled_events)" 0 "cancelled events"
    equal "$(tidings queue --list --json 2>/dev/null)" "" "what waits"
    equal "$(update another | submit_as alice another.jsonld)" 0 "exit status after the suspension"
    shows $state/site/index.html "Concert of the town band"
    refused grep -q ">Cancelled<" $state/site/index.html
}

test_stories_forty_false_cancellations_in_one_file_against_fifty_events() { forty_false_cancellations 50 0 1; }

test_stories_forty_false_cancellations_in_one_file_against_two_thousand_events() { forty_false_cancellations 2000 0 1; }

test_stories_forty_false_cancellations_in_forty_files_against_fifty_events() { forty_false_cancellations 50 10 40; }

test_stories_forty_false_cancellations_in_forty_files_against_two_thousand_events() { forty_false_cancellations 2000 25 40; }
