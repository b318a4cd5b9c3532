# Ends that were asked for.
# shellcheck shell=bash disable=SC2154

test_stopping_under_load_is_quick_and_clean() {
    wipe
    local count=8000 from begin seconds archived waiting
    from=$(cursor)
    drop_many alice stop $count
    systemctl start tidingsd.service
    wait_values "$from" 100 TIDINGS_UID TIDINGS_OUTCOME=accepted
    begin=$SECONDS
    systemctl stop tidingsd.service
    seconds=$((SECONDS - begin))
    [ $seconds -lt 30 ] || complain "stopping took $seconds s"
    equal "$(property Result)" success "how the service ended"
    equal "$(property ExecMainStatus)" 0 "exit code"
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id serviceStopping)")" 1 "entries that say stopping"
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id serviceStopped)")" 1 "entries that say stopped"
    archived=$(status_of archived)
    waiting=$(waiting_files)
    echo "$archived archived, $waiting waiting"
    equal $((archived + waiting)) $count "archived and waiting"
}

test_what_was_left_is_taken_up_at_the_next_start() {
    local from
    from=$(cursor)
    local waiting
    waiting=$(waiting_files)
    [ "$waiting" -gt 0 ] || skip "the stop left nothing"
    systemctl start tidingsd.service
    wait_values "$from" "$waiting" TIDINGS_UID TIDINGS_OUTCOME=accepted TIDINGS_OUTCOME=unchanged
    equal "$(status_of archived)" 8000 "deliveries archived"
}

test_files_dropped_while_it_is_stopped_wait() {
    systemctl stop tidingsd.service
    local from
    update waiting-1 | drop bob waiting.jsonld
    from=$(cursor)
    systemctl start tidingsd.service
    wait_entry "$from" TIDINGS_FILE=waiting.jsonld TIDINGS_OUTCOME=accepted >/dev/null
}
