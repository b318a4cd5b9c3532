# The module Systemd against a real journald, under the limits of the shipped unit.
# shellcheck shell=bash disable=SC2154

# Runs a program in a copy of the shipped unit: the same sandbox, the same limits.
in_unit() { # PROGRAM ARGUMENT…
    local program=$1
    shift
    install -D -m 0755 "$TIDINGS_BINARIES/$program" /usr/local/libexec/"$program"
    sed -e "s|^ExecStart=.*|ExecStart=/usr/local/libexec/$program $*|" -e 's/^Type=notify/Type=oneshot/' -e '/^Restart/d' -e '/^WatchdogSec/d' "$TIDINGS_TOP/Deploy/tidingsd.service" >/run/systemd/system/tidings-probe.service
    systemctl daemon-reload
    systemctl start tidings-probe.service
}

test_what_is_written_is_read_back() {
    local from
    from=$(cursor)
    # The reader needs a look at the journal, which the daemon itself does not have.
    mkdir -p /run/systemd/system/tidings-probe.service.d
    printf '[Service]\nSupplementaryGroups=systemd-journal\n' >/run/systemd/system/tidings-probe.service.d/group.conf
    in_unit journal-probe roundtrip mark-roundtrip
    rm -r /run/systemd/system/tidings-probe.service.d
    wait_entry "$from" "MESSAGE=all came back" >/dev/null
}

test_a_burst_of_80000_entries_arrives_whole() {
    local from
    from=$(cursor)
    in_unit journal-probe burst 80000 mark-burst
    equal "$(count_entries "$from" TIDINGS_DELIVERY=mark-burst)" 80000 "entries in the journal"
    journalctl -q --no-pager --cursor="$from" -o cat -t journal-probe
}

test_the_runtime_makes_no_noise_in_the_sandbox() {
    local from
    from=$(cursor)
    in_unit journal-probe tasks
    journalctl --sync
    equal "$(journalctl -q --no-pager --cursor="$from" -o cat -t journal-probe)" "" "lines on standard error"
}
