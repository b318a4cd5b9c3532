# The daemon at its everyday work: start, drop, answer.
# shellcheck shell=bash disable=SC2154

test_starting_waits_until_the_daemon_is_ready() {
    wipe
    local from entry
    from=$(cursor)
    systemctl start tidingsd.service
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id serviceReady)")" 1 "entries that say ready"
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id serviceStarted)")
    equal "$(json "$entry" PRIORITY)" 6
    equal "$(json "$entry" _SYSTEMD_UNIT)" tidingsd.service
    equal "$(property ActiveState)/$(property SubState)" active/running
    [ -n "$(property StatusText)" ] || complain "systemctl status shows no line of the daemon's"
}

test_starting_leaves_the_state_its_owners() {
    running
    equal "$(stat -c '%a %U %G' $state/archiver)" "2750 tidingsd tidings-admin"
    as carol test -r $state/archiver/archive.sqlite
    refused as mallory test -r $state/archiver/archive.sqlite
}

test_a_dropped_update_is_accepted_with_every_field() {
    running
    local from entry sum
    from=$(cursor)
    sum=$(update concert-1 | sha256sum | cut -d' ' -f1)
    update concert-1 | drop alice concert.jsonld
    entry=$(wait_entry "$from" TIDINGS_FILE=concert.jsonld)
    equal "$(json "$entry" TIDINGS_OUTCOME)" accepted TIDINGS_OUTCOME
    equal "$(json "$entry" MESSAGE_ID)" "$(message_id deliveryAccepted)" MESSAGE_ID
    equal "$(json "$entry" PRIORITY)" 6 PRIORITY
    equal "$(json "$entry" SYSLOG_IDENTIFIER)" tidingsd SYSLOG_IDENTIFIER
    equal "$(json "$entry" TIDINGS_SHA256)" "$sum" TIDINGS_SHA256
    equal "$(json "$entry" TIDINGS_SUBMITTER)" $alice TIDINGS_SUBMITTER
    equal "$(json "$entry" TIDINGS_UID)" concert-1 TIDINGS_UID
    equal "$(json "$entry" TIDINGS_SEQUENCE)" 1 TIDINGS_SEQUENCE
    equal "$(json "$entry" TIDINGS_INTENT)" new TIDINGS_INTENT
    equal "$(json "$entry" TIDINGS_FORMAT)" jsonld TIDINGS_FORMAT
    [[ $(json "$entry" TIDINGS_DELIVERY) =~ ^[0-9A-HJKMNP-TV-Z]{26}$ ]] || complain "no delivery id: $entry"
    [[ $(json "$entry" TIDINGS_USEC) =~ ^[0-9]+$ ]] || complain "no time: $entry"
    json "$entry" TIDINGS_STAGE
    json "$entry" CODE_FILE
    json "$entry" CODE_FUNC
    [[ $(json "$entry" CODE_LINE) =~ ^[0-9]+$ ]]
    contains "$(json "$entry" MESSAGE)" concert.jsonld MESSAGE
    refused test -e $spool/incoming/concert.jsonld
    equal "$(waiting_files)" 0 "files in incoming and in work"
}

test_the_catalog_explains_the_entry() {
    contains "$(journalctl -x -q --no-pager TIDINGS_FILE=concert.jsonld)" "An event update was accepted" "journalctl -x"
    contains "$(journalctl -x -q --no-pager TIDINGS_FILE=concert.jsonld)" "tidings why" "journalctl -x"
}

test_a_file_written_in_place_is_taken_when_it_is_closed() {
    running
    local from entry
    from=$(cursor)
    update concert-2 | as bob sh -c "cat >$spool/incoming/in-place.jsonld"
    entry=$(wait_entry "$from" TIDINGS_FILE=in-place.jsonld)
    equal "$(json "$entry" TIDINGS_OUTCOME)/$(json "$entry" TIDINGS_SUBMITTER)" accepted/$bob
}

test_a_duplicate_changes_nothing() {
    running
    local from entry
    from=$(cursor)
    update concert-1 | drop alice again.jsonld
    entry=$(wait_entry "$from" TIDINGS_FILE=again.jsonld)
    equal "$(json "$entry" TIDINGS_OUTCOME)/$(json "$entry" PRIORITY)" unchanged/6
    equal "$(json "$entry" MESSAGE_ID)" "$(message_id deliveryUnchanged)"
}

test_an_older_revision_is_stale() {
    running
    local from entry
    from=$(cursor)
    update concert-3 "Concert" 2031-03-14 5 | drop alice fifth.jsonld
    wait_entry "$from" TIDINGS_FILE=fifth.jsonld >/dev/null
    update concert-3 "Concert" 2031-03-15 4 | drop alice fourth.jsonld
    entry=$(wait_entry "$from" TIDINGS_FILE=fourth.jsonld)
    equal "$(json "$entry" TIDINGS_OUTCOME)/$(json "$entry" PRIORITY)" stale/5
    contains "$(json "$entry" MESSAGE)" "NOT APPLIED: “Concert” is older than what is known"
    contains "$(head -1 "$spool/replies/$alice/fourth.jsonld.$(json "$entry" TIDINGS_DELIVERY).txt")" "NOT APPLIED"
}

test_a_bad_update_is_rejected_with_its_code_and_a_report() {
    running
    local from entry
    from=$(cursor)
    update concert-4 | sed 's/"startDate":"[^"]*"/"startDate":"2031-02-30"/' | drop alice bad.jsonld
    entry=$(wait_entry "$from" TIDINGS_FILE=bad.jsonld)
    equal "$(json "$entry" TIDINGS_OUTCOME)/$(json "$entry" PRIORITY)" rejected/4
    contains "$(json "$entry" TIDINGS_CODE)" invalid-date TIDINGS_CODE
    local id
    id=$(json "$entry" TIDINGS_DELIVERY)
    as carol cat "$spool/rejected/$id-bad.jsonld" >/dev/null
    contains "$(as carol cat "$spool/rejected/$id.report.json")" invalid-date "report"
    refused as alice ls $spool/rejected
    as alice cat "$spool/replies/$alice/bad.jsonld.$id.json" >/dev/null
    refused as bob cat "$spool/replies/$alice/bad.jsonld.$id.json"
}

test_things_that_are_no_files_are_left_alone() {
    running
    local from
    from=$(cursor)
    as alice ln -s /etc/shadow $spool/incoming/link.jsonld
    wait_entry "$from" TIDINGS_FILE=link.jsonld MESSAGE_ID="$(message_id fileLeftAlone)" >/dev/null
    as alice mkfifo $spool/incoming/fifo.jsonld
    wait_entry "$from" TIDINGS_FILE=fifo.jsonld MESSAGE_ID="$(message_id fileLeftAlone)" >/dev/null
    test -h $spool/incoming/link.jsonld
    test -p $spool/incoming/fifo.jsonld
    rm $spool/incoming/link.jsonld $spool/incoming/fifo.jsonld
}

test_a_file_that_may_not_be_read_is_taken_when_it_may() {
    running
    local from
    from=$(cursor)
    update concert-5 | as alice sh -c "umask 077; cat >$spool/incoming/.p.part; chmod 0600 $spool/incoming/.p.part; mv $spool/incoming/.p.part $spool/incoming/private.jsonld"
    wait_entry "$from" TIDINGS_FILE=private.jsonld MESSAGE_ID="$(message_id fileUnreadable)" >/dev/null
    as alice chmod 0640 $spool/incoming/private.jsonld
    wait_entry "$from" TIDINGS_FILE=private.jsonld TIDINGS_OUTCOME=accepted >/dev/null
}

test_submit_waits_for_the_answer() {
    running
    update concert-6 >/tmp/submitted.jsonld
    chmod 0644 /tmp/submitted.jsonld
    as alice tidings submit --wait /tmp/submitted.jsonld
    echo '{"@type":"Event"' >/tmp/broken.jsonld
    local status=0
    as alice tidings submit --wait /tmp/broken.jsonld || status=$?
    equal $status 65 "exit code for a rejected update"
    status=0
    as mallory tidings submit /tmp/submitted.jsonld >/tmp/refused-output 2>&1 || status=$?
    [ $status != 0 ] || complain "a stranger may submit"
    contains "$(cat /tmp/refused-output)" tidings "what a stranger is told"
}

test_why_tells_the_story() {
    running
    local story
    story=$(tidings why --json concert-1)
    contains "$story" '"accepted"' "tidings why"
    equal "$(head -n 1 <<<"$story" | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["outcome"])')" accepted
}

test_the_journal_has_no_noise() {
    equal "$(journalctl -q --no-pager -b -o cat -u tidingsd.service _TRANSPORT=stdout | head -n 5)" "" \
        "lines the daemon wrote to standard error"
}
