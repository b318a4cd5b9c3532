# What each kind of user is told by the command line.
# shellcheck shell=bash disable=SC2154

test_a_sender_hears_of_each_file() {
    running
    update commands-1 >/tmp/commands-1.jsonld
    printf '{"@context":"https://schema.org","@type":"Event","identifier":"commands-2","name":"Walk","startDate":"2031-02-30"}' \
        >/tmp/commands-2.jsonld
    chmod a+r /tmp/commands-*.jsonld
    local status=0 told
    told=$(as alice tidings submit --wait /tmp/commands-1.jsonld /tmp/commands-2.jsonld) || status=$?
    equal $status 65 "exit status of submit --wait"
    contains "$told" "/tmp/commands-1.jsonld: accepted: "
    contains "$told" "/tmp/commands-2.jsonld: rejected: "
    contains "$told" "[invalid-date]"
}

test_a_sender_sees_no_more_than_the_own_answers() {
    local told
    told=$(as alice tidings why --json /tmp/commands-2.jsonld)
    contains "$told" '"outcome":"rejected"'
    refused as bob tidings why commands-2
    contains "$(as alice tidings status)" "this user may not look into $spool/incoming"
    equal "$(json "$(as alice tidings status --json)" held)" None
    local status=0
    as alice tidings list 2>/tmp/refused-output || status=$?
    equal $status 77 "exit status of list"
    contains "$(cat /tmp/refused-output)" tidings-admin
    status=0
    as alice tidings status --check >/tmp/refused-output || status=$?
    equal $status 3 "exit status of status --check"
}

test_an_administrator_reads_archive_and_reports() {
    contains "$(as carol tidings list)" commands-1
    contains "$(as carol tidings show commands-1)" "revision 1"
    contains "$(as carol tidings why commands-1)" "accepted (new)"
    contains "$(as carol tidings why commands-2)" "rejected"
    [ "$(json "$(as carol tidings status --json)" events)" -ge 1 ]
}

test_the_journal_tells_the_story_alone() {
    local delivery story
    delivery=$(journalctl -q --no-pager -o json TIDINGS_FILE=commands-1.jsonld \
        | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["TIDINGS_DELIVERY"])')
    usermod -a -G systemd-journal mallory
    story=$(as mallory tidings why --json "$delivery")
    equal "$(json "$story" outcome)" accepted
    equal "$(json "$story" intent)" new
    equal "$(json "$story" file)" commands-1.jsonld
    gpasswd -d mallory systemd-journal
}

test_what_others_write_into_the_journal_is_not_believed() {
    as mallory python3 -c '
import socket
entry = "MESSAGE=forged\nTIDINGS_DELIVERY=01ARZ3NDEKTSV4RRFFQ69G5FAV\nTIDINGS_OUTCOME=accepted\nTIDINGS_UID=forged-1\n"
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(entry.encode(), "/run/systemd/journal/socket")'
    journalctl --sync
    contains "$(journalctl -q --no-pager TIDINGS_UID=forged-1)" forged "the journal"
    refused tidings why forged-1
}

test_monitoring_sees_the_daemon_run_and_stop() {
    running
    local status=0 line
    line=$(tidings status --check) || status=$?
    [ $status -le 1 ] || complain "status --check: $line"
    equal "$(json "$(tidings status --json)" running)" true
    systemctl stop tidingsd.service
    status=0
    line=$(tidings status --check) || status=$?
    equal $status 2 "exit status while the daemon is stopped"
    contains "$line" "no daemon works on the spool"
    as alice tidings submit /tmp/commands-1.jsonld
    equal "$(json "$(tidings status --json)" incoming)" 1
    running
}
