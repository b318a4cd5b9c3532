# Files that make a stage hang or end the process, under the real unit: each is set aside, and its neighbours go on.
# shellcheck shell=bash disable=SC2154

with_trouble() {
    wipe
    install -m 0755 "$TIDINGS_BINARIES/trouble-daemon" /usr/local/bin/trouble-daemon
    install -d /etc/systemd/system/tidingsd.service.d
    printf '[Service]\nExecStart=\nExecStart=/usr/local/bin/trouble-daemon\n' \
        >/etc/systemd/system/tidingsd.service.d/trouble.conf
    printf '[pipeline]\nstages = ["trouble", "validator", "archiver", "notifier"]\ncancel_grace = "500ms"\n' \
        >"$dropins/trouble.toml"
    systemctl daemon-reload
}

without_trouble() {
    rm -r /etc/systemd/system/tidingsd.service.d
    rm "$dropins/trouble.toml"
    systemctl daemon-reload
    systemctl restart tidingsd.service
}

test_a_file_that_ends_the_daemon_is_held_after_three_ends_alone() {
    with_trouble
    local from entry
    from=$(cursor)
    drop_many alice beside 50
    update crash-1 "TROUBLE-CRASH" | drop alice crash-1.jsonld
    systemctl start tidingsd.service
    entry=$(wait_entry "$from" TIDINGS_FILE=crash-1.jsonld TIDINGS_OUTCOME=held)
    contains "$(json "$entry" TIDINGS_CODE)" stopped-the-daemon
    contains "$(json "$entry" MESSAGE)" "ended 3 times"
    equal "$(property NRestarts)" 4 "restarts: once in company, three times alone"
    wait_values "$from" 50 TIDINGS_UID TIDINGS_OUTCOME=accepted
    equal "$(status_of held)" 1 "held"
    equal "$(waiting_files)" 0 "files left in the spool"
    without_trouble
}

test_a_stage_that_is_stuck_for_good_costs_a_restart_and_no_file() {
    with_trouble
    local from entry
    from=$(cursor)
    drop_many alice stuck-beside 20
    update stuck-1 "TROUBLE-STUCK" | drop alice stuck-1.jsonld
    systemctl start tidingsd.service
    entry=$(wait_entry "$from" TIDINGS_FILE=stuck-1.jsonld TIDINGS_OUTCOME=held)
    contains "$(json "$entry" MESSAGE)" "did not finish within 1s"
    wait_values "$from" 20 TIDINGS_UID TIDINGS_OUTCOME=accepted
    [ "$(count_entries "$from" MESSAGE_ID="$(message_id stageAbandoned)")" -ge 1 ] || complain "no call was left behind"
    equal "$(waiting_files)" 0 "files left in the spool"
    without_trouble
}
