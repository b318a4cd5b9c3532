# Taking it away again.
# shellcheck shell=bash disable=SC2154

test_uninstalling_keeps_the_data_and_says_where() {
    "$TIDINGS_TOP/Deploy/uninstall" >/tmp/uninstalled
    cat /tmp/uninstalled
    contains "$(cat /tmp/uninstalled)" "$spool"
    contains "$(cat /tmp/uninstalled)" "$state"
    [ -d "$spool/incoming" ]
    [ -d "$state/archiver" ]
    [ ! -e /usr/local/bin/tidingsd ]
    refused systemctl cat tidingsd.service
}
