# What the service does when it cannot start.
# shellcheck shell=bash disable=SC2154

test_a_bad_configuration_stops_the_start_once() {
    wipe
    local from
    from=$(cursor)
    printf '[spool]\nsettle = "soon"\n\n[nonsense]\nkey = 1\n' >"$dropins/bad.toml"
    refused systemctl start tidingsd.service
    equal "$(property ExecMainStatus)" 78 "exit code"
    equal "$(property ActiveState)" failed
    equal "$(property NRestarts)" 0 "restarts"
    wait_entry "$from" MESSAGE_ID="$(message_id configurationFaulty)" >/dev/null
    local said
    said=$(journalctl -q --no-pager -o cat --cursor="$from" -t tidingsd)
    contains "$said" "bad.toml:2:" "first fault"
    contains "$said" "bad.toml:4:" "second fault"
    rm "$dropins/bad.toml"
    systemctl reset-failed tidingsd.service 2>/dev/null || true
    systemctl start tidingsd.service
}

test_check_says_the_same_without_starting() {
    printf '[spool]\nsettle = "soon"\n' >"$dropins/bad.toml"
    local status=0
    tidings check >/tmp/check 2>&1 || status=$?
    rm "$dropins/bad.toml"
    [ $status != 0 ] || complain "tidings check found nothing"
    contains "$(cat /tmp/check)" "bad.toml:2:10: spool.settle is the string \"soon\"" "tidings check"
    contains "$(cat /tmp/check)" '    2 | settle = "soon"' "the line"
    tidings check
}

test_check_shows_what_is_in_force_and_why() {
    printf '[spool]\nsettle = "3s"\n' >"$dropins/settle.toml"
    tidings check --effective >/tmp/effective
    rm "$dropins/settle.toml"
    contains "$(grep '^settle = ' /tmp/effective)" "# $dropins/settle.toml:2" "where the value comes from"
    contains "$(grep '^rescan = ' /tmp/effective)" "# default" "where the value comes from"
    tidings check --config /tmp/effective
}

test_files_that_others_may_change_are_refused() {
    printf '[spool]\nsettle = "3s"\n' >"$dropins/foreign.toml"
    local from
    for right in 0646 0600; do
        chmod $right "$dropins/foreign.toml"
        from=$(cursor)
        systemctl stop tidingsd.service
        refused systemctl start tidingsd.service
        equal "$(property ExecMainStatus)" 78 "exit code"
        journalctl -q --no-pager -o cat --cursor="$from" -t tidingsd >/tmp/said-$right
        systemctl reset-failed tidingsd.service 2>/dev/null || true
    done
    contains "$(cat /tmp/said-0646)" "foreign.toml:1:1: may be changed by everybody on this machine" "a file with mode 0646"
    contains "$(cat /tmp/said-0600)" "foreign.toml:1:1: cannot be read by user $(id -u tidingsd)" "a file with mode 0600"
    chmod 0644 "$dropins/foreign.toml"
    chown alice "$dropins/foreign.toml"
    refused tidings check
    contains "$(cat /tmp/refused-output)" "belongs to user $alice" "a file of somebody else"
    chown tidingsd "$dropins/foreign.toml"
    tidings check
    rm "$dropins/foreign.toml"
    systemctl start tidingsd.service
}

test_a_missing_folder_is_named() {
    systemctl stop tidingsd.service
    rm -r $spool/held
    local from
    from=$(cursor)
    refused systemctl start tidingsd.service
    local entry
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id spoolFaulty)")
    contains "$(json "$entry" MESSAGE)" "$spool" MESSAGE
    contains "$(json "$entry" MESSAGE)" held MESSAGE
    systemctl stop tidingsd.service
    systemctl reset-failed tidingsd.service 2>/dev/null || true
    systemd-tmpfiles --create tidingsd.conf
    systemctl start tidingsd.service
}

test_rights_too_wide_are_named() {
    systemctl stop tidingsd.service
    chmod 0777 $spool/incoming
    local from entry
    from=$(cursor)
    systemctl start tidingsd.service || true
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id spoolFaulty)")
    contains "$(json "$entry" MESSAGE)" incoming MESSAGE
    systemctl stop tidingsd.service
    systemctl reset-failed tidingsd.service 2>/dev/null || true
    systemd-tmpfiles --create tidingsd.conf
    systemctl start tidingsd.service
}

test_the_daemon_runs_without_a_configuration_file() {
    systemctl stop tidingsd.service
    mv /etc/tidingsd /etc/tidingsd.away
    local from
    from=$(cursor)
    systemctl start tidingsd.service
    mv /etc/tidingsd.away /etc/tidingsd
    wait_entry "$from" MESSAGE_ID="$(message_id configurationDefaulted)" >/dev/null
    systemctl restart tidingsd.service
}
