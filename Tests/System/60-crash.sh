# Ends that nobody asked for: nothing is lost and nothing counts twice.
# shellcheck shell=bash disable=SC2154

readonly outcomes="TIDINGS_OUTCOME=accepted TIDINGS_OUTCOME=unchanged"

test_a_killed_daemon_loses_and_doubles_nothing() {
    wipe
    local count=3000 from round
    from=$(cursor)
    drop_many alice crash $count
    systemctl start tidingsd.service
    for round in 1 2 3; do
        # shellcheck disable=SC2086
        wait_values "$from" $((round * 300)) TIDINGS_UID $outcomes
        local begin
        begin=$(cursor)
        systemctl kill -s KILL --kill-whom=main tidingsd.service
        wait_entry "$begin" MESSAGE_ID="$(message_id serviceReady)" >/dev/null
    done
    # shellcheck disable=SC2086
    wait_values "$from" $count TIDINGS_UID $outcomes
    equal "$(property NRestarts)" 3 "restarts"
    equal "$(status_of archived)" $count "deliveries archived"
    equal "$(status_of events)" $count "events known"
    equal "$(status_of incoming)/$(status_of active)" 0/0 "incoming and in work"
    equal "$(status_of rejected)/$(status_of held)/$(status_of deferred)" 0/0/0 "rejected, held, deferred"
    equal "$(waiting_files)" 0 "files left in the spool"
}

test_a_hang_is_ended_by_the_watchdog() {
    install -d /etc/systemd/system/tidingsd.service.d
    printf '[Service]\nWatchdogSec=2s\n' >/etc/systemd/system/tidingsd.service.d/watchdog.conf
    systemctl daemon-reload
    systemctl restart tidingsd.service
    local from restarts
    restarts=$(property NRestarts)
    from=$(cursor)
    kill -STOP "$(property MainPID)"
    wait_entry "$from" MESSAGE_ID="$(message_id serviceReady)" >/dev/null
    equal "$(property NRestarts)" $((restarts + 1)) "restarts"
    update hang-1 | drop alice hang-1.jsonld
    wait_entry "$from" TIDINGS_FILE=hang-1.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    rm -r /etc/systemd/system/tidingsd.service.d
    systemctl daemon-reload
    systemctl restart tidingsd.service
}

test_an_idle_daemon_feeds_the_watchdog() {
    install -d /etc/systemd/system/tidingsd.service.d
    printf '[Service]\nWatchdogSec=1s\n' >/etc/systemd/system/tidingsd.service.d/watchdog.conf
    systemctl daemon-reload
    systemctl restart tidingsd.service
    local from first
    from=$(cursor)
    first=$(property WatchdogTimestampMonotonic)
    # Three timers of the service manager's own: by then the watchdog would have struck.
    systemd-run -q --on-active=3 --timer-property=AccuracySec=10ms systemd-cat -t tidings-test echo three-seconds
    wait_entry "$from" -t tidings-test MESSAGE=three-seconds >/dev/null
    equal "$(property NRestarts)" 0 "restarts"
    [ "$(property WatchdogTimestampMonotonic)" -gt "$first" ] || complain "the watchdog was not fed"
    rm -r /etc/systemd/system/tidingsd.service.d
    systemctl daemon-reload
    systemctl restart tidingsd.service
}

test_a_second_daemon_on_the_spool_is_refused() {
    running
    local from entry status=0
    from=$(cursor)
    as tidingsd timeout -k 5 20 /usr/local/bin/tidingsd || status=$?
    [ $status != 0 ] && [ $status != 124 ] || complain "two daemons work on one spool"
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id spoolOccupied)")
    contains "$(json "$entry" MESSAGE)" "$spool" "what the second daemon says"
    contains "$(json "$entry" MESSAGE)" "$(property MainPID)" "what the second daemon says"
    systemctl --quiet is-active tidingsd.service
}
