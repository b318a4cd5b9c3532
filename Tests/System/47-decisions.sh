# What administrators decide: alice sends, bob is a member who may not decide, carol decides.
# shellcheck shell=bash disable=SC2154

held_walk() { # NAME: a text that is held, because only its receipt speaks for its year
    printf 'Walk of the Hikers of %s\n\nThe walk will be held on 3 May in Zurich, Switzerland.\n' "$1"
}

delivery_in() { # FOLDER NAME
    find "$spool/$1" -name "*-$2" -printf '%f\n' | cut -c 1-26 | grep .
}

test_decisions_a_held_text_is_released_with_its_year() {
    wipe
    running
    local id status=0 told
    held_walk Oerlikon >/tmp/decisions-walk.txt
    chmod a+r /tmp/decisions-walk.txt
    told=$(as alice tidings submit --wait /tmp/decisions-walk.txt) || status=$?
    equal $status 75 "exit status of submit --wait"
    id=$(delivery_in held decisions-walk.txt)
    contains "$told" "$id"
    contains "$(cat "$spool"/replies/$alice/*.txt)" "tidings release $id"
    told=$(as carol tidings release "$id" --set year=2031 --wait)
    contains "$told" "$id: accepted: "
    shows $state/site/index.html "3 May 2031"
    contains "$(as carol tidings why "$id")" "released by user $carol, with year set to \"2031\""
    equal "$(find $spool/requests $spool/held -type f | wc -l)" 0 "files left in requests/ and held/"
}

test_decisions_who_decided_stands_in_the_journal() {
    local entry
    entry=$(journalctl -q --no-pager -o json MESSAGE_ID="$(message_id requestCarriedOut)" | tail -1)
    equal "$(json "$entry" TIDINGS_DECIDED_BY)" $carol
    equal "$(json "$entry" _COMM)" tidingsd
    contains "$(json "$entry" MESSAGE)" "user $carol asked to release"
}

test_decisions_a_member_may_not_decide_and_is_told_why() {
    local status=0
    as bob tidings retry 01KB0000000000000000000000 2>/tmp/refused-output || status=$?
    equal $status 77 "exit status of retry"
    contains "$(cat /tmp/refused-output)" "is not in group tidings-admin"
    status=0
    as mallory tidings withdraw --yes decisions-1 2>/tmp/refused-output || status=$?
    equal $status 77 "exit status of withdraw"
}

test_decisions_nothing_in_a_request_claims_another_decider() {
    local from
    from=$(cursor)
    as carol sh -c "printf '%s' '{\"schema\":\"tidings-request/1\",\"action\":\"retry\",\"delivery\":\"01KB0000000000000000000000\",\"decidedBy\":0}' \
        >$spool/requests/.forged && mv $spool/requests/.forged $spool/requests/forged"
    local entry
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id requestRefused)")
    contains "$(json "$entry" MESSAGE)" 'it has the unknown key "decidedBy"'
    equal "$(json "$entry" TIDINGS_DECIDED_BY)" $carol
    [ ! -e $spool/requests/forged ] || complain "the request is still there"
    refused as bob sh -c "ls $spool/replies/$carol"
}

test_decisions_a_request_waits_while_the_daemon_is_stopped() {
    local id told
    held_walk Altstetten >/tmp/decisions-two.txt
    chmod a+r /tmp/decisions-two.txt
    as alice tidings submit --wait /tmp/decisions-two.txt || true
    id=$(delivery_in held decisions-two.txt)
    systemctl stop tidingsd.service
    told=$(as carol tidings discard "$id")
    contains "$told" "$id: asked for"
    local from
    from=$(cursor)
    running
    wait_entry "$from" MESSAGE_ID="$(message_id requestCarriedOut)" TIDINGS_DELIVERY="$id" >/dev/null
    [ -z "$(find $spool/held -type f)" ] || complain "the file is still held"
    refused as carol tidings discard --wait "$id"
    contains "$(cat /tmp/refused-output)" "waits in held/, rejected/ or deferred/"
}

test_decisions_a_withdrawn_event_leaves_the_site() {
    update decisions-1 "Quartet in the Old Mill" >/tmp/decisions-1.jsonld
    chmod a+r /tmp/decisions-1.jsonld
    as alice tidings submit --wait /tmp/decisions-1.jsonld
    shows $state/site/index.html "Quartet in the Old Mill"
    local told
    told=$(as carol tidings withdraw --wait --yes decisions-1 2>&1)
    contains "$told" "decisions-1: withdrawn: "
    contains "$told" "cannot be called back"
    refused grep -rq "Quartet in the Old Mill" $state/site
    contains "$(as carol tidings list)" withdrawn
    contains "$(as carol tidings show decisions-1)" "by user $carol"
}

test_decisions_a_forgotten_event_is_nowhere() {
    contains "$(as carol tidings forget --wait --yes decisions-1 2>&1)" "decisions-1: forgotten: "
    refused grep -rq -e "Quartet in the Old Mill" -e decisions-1 $state $spool
    local status=0
    as alice tidings submit --wait /tmp/decisions-1.jsonld >/tmp/decisions-again || status=$?
    equal $status 65 "exit status of the same bytes"
    contains "$(cat /tmp/decisions-again)" "[forgotten-event]"
    refused grep -rq "Quartet in the Old Mill" $state/site
}

test_decisions_another_publishers_event_is_held() {
    printf '[publishers.desk]\nusers = ["alice"]\n[publishers.venue]\nusers = [%s]\n' $bob >$dropins/publishers.toml
    systemctl reload tidingsd.service
    update decisions-3 "Town Fair" >/tmp/decisions-3.jsonld
    update decisions-3 "Town Fair" 2031-03-15 2 >/tmp/decisions-4.jsonld
    chmod a+r /tmp/decisions-[34].jsonld
    as alice tidings submit --wait /tmp/decisions-3.jsonld
    local status=0
    as bob tidings submit --wait /tmp/decisions-4.jsonld >/tmp/decisions-foreign || status=$?
    equal $status 75 "exit status of the other publisher"
    contains "$(cat /tmp/decisions-foreign)" "decisions-3 belongs to desk, and this update was dropped for venue"
    refused grep -q -e alice -e $alice /tmp/decisions-foreign
    rm $dropins/publishers.toml
    systemctl reload tidingsd.service
}
