# systemctl reload: all of a new configuration, or nothing of it.
# shellcheck shell=bash disable=SC2154

test_a_good_configuration_is_taken() {
    running
    local from entry process
    process=$(property MainPID)
    from=$(cursor)
    printf '[service]\nlog_level = "debug"\n' >"$dropins/level.toml"
    systemctl reload tidingsd.service
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id configurationReloaded)")
    equal "$(json "$entry" PRIORITY)" 5
    update reload-1 | drop alice reload-1.jsonld
    wait_entry "$from" TIDINGS_FILE=reload-1.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    [ "$(count_entries "$from" MESSAGE_ID="$(message_id stageAnswered)")" -ge 3 ] || complain "the level debug is not in force"
    equal "$(property MainPID)" "$process" "main process"
    equal "$(property ActiveState)/$(property SubState)" active/running
}

test_the_manager_is_told_of_a_reload() {
    running
    local from said
    systemctl log-level debug
    from=$(cursor)
    kill -HUP "$(property MainPID)"
    wait_entry "$from" MESSAGE_ID="$(message_id configurationReloaded)" >/dev/null
    # The daemon writes its entry and notifies; a call to it and one to the manager come after both.
    wait_values "$from" 1 MESSAGE UNIT=tidingsd.service CODE_FUNC=service_notify_message
    property ActiveState >/dev/null
    systemctl log-level notice
    said=$(journalctl -q --no-pager -o cat --cursor="$from" UNIT=tidingsd.service | grep -F 'notification message' || true)
    contains "$said" "RELOADING=1" "what the manager was told"
    contains "$said" "MONOTONIC_USEC=" "what the manager was told"
    contains "${said##*RELOADING=1}" "READY=1" "what the manager was told after that"
}

test_a_bad_configuration_is_refused_whole() {
    running
    local from entry process
    process=$(property MainPID)
    from=$(cursor)
    printf '[service]\nlog_level = "info"\n[spool]\nmax_file_bytez = 1\n' >"$dropins/level.toml"
    systemctl reload tidingsd.service || true
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id reloadRefused)")
    equal "$(json "$entry" PRIORITY)" 3
    contains "$(journalctl -q --no-pager -o cat --cursor="$from" -t tidingsd)" "level.toml:4:1" "place of the fault"
    contains "$(journalctl -q --no-pager -o cat --cursor="$from" -t tidingsd)" "max_file_bytes" "hint"
    equal "$(property MainPID)" "$process" "main process"
    equal "$(property ActiveState)/$(property SubState)" active/running
    from=$(cursor)
    update reload-2 | drop alice reload-2.jsonld
    wait_entry "$from" TIDINGS_FILE=reload-2.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    [ "$(count_entries "$from" MESSAGE_ID="$(message_id stageAnswered)")" -ge 3 ] || complain "part of the refused configuration is in force"
    rm "$dropins/level.toml"
    systemctl reload tidingsd.service
    wait_entry "$from" MESSAGE_ID="$(message_id configurationReloaded)" >/dev/null
}
