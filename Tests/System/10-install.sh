# The programs, the unit, the users and the rights of the folders, before the daemon has ever run.
# shellcheck shell=bash disable=SC2154

prepare_users() {
    "$TIDINGS_TOP/Deploy/install"
    useradd -M -u $alice -G tidings alice
    useradd -M -u $bob -G tidings bob
    useradd -M -u $carol -G tidings-admin carol
    useradd -M -u $mallory mallory
}

test_install_needs_root_and_says_so() {
    refused as mallory "$TIDINGS_TOP/Deploy/install"
    contains "$(cat /tmp/refused-output)" "needs root"
}

test_install_makes_users_folders_and_catalog() {
    getent passwd tidingsd
    getent group tidings
    getent group tidings-admin
    equal "$(stat -c '%A %U %G' $spool/incoming)" "drwx-ws--T tidingsd tidingsd" "incoming"
    journalctl --list-catalog "$(message_id deliveryHeld)" | grep "waits for a person"
    [ -d "$dropins" ]
}

test_installing_again_keeps_the_configuration() {
    echo '# mine' >>/etc/tidingsd/tidingsd.toml
    "$TIDINGS_TOP/Deploy/install"
    grep -x '# mine' /etc/tidingsd/tidingsd.toml
    sed -i '/^# mine$/d' /etc/tidingsd/tidingsd.toml
}

test_the_unit_has_no_faults() {
    equal "$(systemd-analyze verify --man=no tidingsd.service 2>&1)" "" "systemd-analyze verify"
}

exposure() { systemd-analyze security --no-pager tidingsd.service | sed -nE 's/.*exposure level for .*: ([0-9.]+) .*/\1/p'; }

at_most() { # NUMBER LIMIT
    echo "exposure $1"
    awk -v a="$1" -v b="$2" 'BEGIN {exit !(a != "" && a + 0 <= b)}' || complain "$1 is more than $2"
}

test_the_sandbox_is_tight() {
    at_most "$(exposure)" 1.0
}

test_the_sandbox_is_tight_with_network_channels() {
    install -D -m 0644 "$TIDINGS_TOP/Deploy/examples/network.conf" /etc/systemd/system/tidingsd.service.d/network.conf
    systemctl daemon-reload
    local found
    found=$(exposure)
    rm -r /etc/systemd/system/tidingsd.service.d
    systemctl daemon-reload
    at_most "$found" 1.5
}
