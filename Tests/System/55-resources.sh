# What runs out: room, inodes, descriptors, memory, inotify. Intake pauses before anything is lost, says so once, and
# resumes by itself.
# shellcheck shell=bash disable=SC2154

# Throws all away, what a test that failed has left too, and leaves the daemon stopped.
fresh() {
    wipe
    if mountpoint -q "$spool"; then umount "$spool"; fi
    wipe
}

# Puts the empty spool on a filesystem of its own.
small_spool() { # MOUNT-OPTIONS
    fresh
    mount -t tmpfs -o "$1" tmpfs "$spool"
    systemd-tmpfiles --create tidingsd.conf
}

setting() { # NAME TOML…: a drop-in of the configuration
    printf '%s\n' "${@:2}" >"$dropins/$1.toml"
}

unit_setting() { # LINE…: a drop-in of the unit
    install -d /etc/systemd/system/tidingsd.service.d
    printf '%s\n' '[Service]' "$@" >/etc/systemd/system/tidingsd.service.d/test.conf
    systemctl daemon-reload
}

test_too_little_room_pauses_intake_once_and_it_resumes() {
    small_spool size=128m
    setting pause '[spool]' 'pause = "200ms"'
    systemctl start tidingsd.service
    local from entry
    from=$(cursor)
    fallocate -l 80M $spool/fill
    update room-1 | drop alice room-1.jsonld
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id intakePaused)")
    equal "$(json "$entry" PRIORITY)" 3
    contains "$(json "$entry" MESSAGE)" min_free_bytes "what a person is told"
    update room-2 | drop alice room-2.jsonld
    test -e $spool/incoming/room-1.jsonld
    rm $spool/fill
    wait_entry "$from" MESSAGE_ID="$(message_id intakeResumed)" >/dev/null
    wait_values "$from" 2 TIDINGS_UID TIDINGS_OUTCOME=accepted
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id intakePaused)")" 1 "entries that intake is paused"
    fresh
}

test_no_inodes_left_pause_intake_and_it_resumes() {
    small_spool nr_inodes=100
    setting pause '[spool]' 'pause = "200ms"'
    local from number
    from=$(cursor)
    # The lock of an earlier run lies there already.
    systemctl start tidingsd.service
    systemctl stop tidingsd.service
    update inodes-1 | drop alice inodes-1.jsonld
    mkdir $spool/fill
    for number in {1..100}; do : >$spool/fill/$number || break; done 2>/dev/null
    systemctl start tidingsd.service
    wait_entry "$from" MESSAGE_ID="$(message_id intakePaused)" >/dev/null
    test -e $spool/incoming/inodes-1.jsonld
    rm -r $spool/fill
    wait_entry "$from" TIDINGS_FILE=inodes-1.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id intakePaused)")" 1 "entries that intake is paused"
    fresh
}

test_outcomes_wait_on_a_full_disk_and_are_carried_out_later() {
    small_spool size=8m
    setting pause '[spool]' 'pause = "200ms"' 'min_free_bytes = "0B"'
    local from id
    from=$(cursor)
    echo '{"@type":"Event"' | drop alice bad.jsonld
    update full-1 | drop alice good.jsonld
    cat /dev/zero >$spool/fill 2>/dev/null || true
    systemctl start tidingsd.service
    wait_entry "$from" TIDINGS_FILE=good.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    wait_entry "$from" MESSAGE_ID="$(message_id spoolFaulty)" >/dev/null
    equal "$(count_entries "$from" TIDINGS_FILE=bad.jsonld)" 0 "entries about the outcome that waits"
    rm $spool/fill
    id=$(json "$(wait_entry "$from" TIDINGS_FILE=bad.jsonld TIDINGS_OUTCOME=rejected)" TIDINGS_DELIVERY)
    test -e "$spool/rejected/$id-bad.jsonld"
    test -s "$spool/rejected/$id.report.json"
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id spoolFaulty)")" 1 "entries that the spool is full"
    fresh
}

test_few_descriptors_are_enough_for_many_refusals() {
    fresh
    unit_setting LimitNOFILE=128
    local from number
    from=$(cursor)
    for number in {1..500}; do echo "{\"number\":$number" >$spool/incoming/bad-$number.jsonld; done
    systemctl start tidingsd.service
    wait_values "$from" 500 TIDINGS_FILE TIDINGS_OUTCOME=rejected
    equal "$(status_of rejected)" 500 "deliveries rejected"
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id spoolFaulty)")" 0 "entries about the spool"
    wipe
}

test_large_files_fit_into_little_memory() {
    fresh
    unit_setting MemoryMax=256M MemorySwapMax=0
    local from peak
    from=$(cursor)
    update UID-OF-THE-UPDATE >/tmp/update
    python3 -c '
import sys
text = open("/tmp/update").read().replace("\"inLanguage\"", "\"description\":\"" + 120000 * "Music. " + "\",\"inLanguage\"")
for number in range(300):
    with open(f"{sys.argv[1]}/large-{number}.jsonld", "w") as file:
        file.write(text.replace("UID-OF-THE-UPDATE", f"large-{number}").replace("town band", f"town band, no. {number}"))
' "$spool/incoming"
    systemctl start tidingsd.service
    wait_seconds=600 wait_values "$from" 300 TIDINGS_FILE TIDINGS_OUTCOME=accepted
    equal "$(property NRestarts)" 0 "restarts"
    # Where these control groups have no memory controller nothing holds it to its limit: it keeps to it all the same.
    peak=$(awk '$1 == "VmHWM:" { print int($2 / 1024) }' "/proc/$(property MainPID)/status")
    echo "at most $peak MiB"
    [ "$peak" -le 256 ]
    wipe
}

test_without_inotify_files_are_found_by_rescans() {
    fresh
    setting rescan '[spool]' 'rescan = "500ms"'
    local from entry holder
    # The limit is one of each user's: somebody else's instances are not touched.
    coproc HOLDER { as tidingsd python3 -c '
import ctypes, sys
libc = ctypes.CDLL(None)
while libc.inotify_init() >= 0: pass
print("held", flush=True)
sys.stdin.read()'; }
    read -r -u "${HOLDER[0]}" holder
    equal "$holder" held
    from=$(cursor)
    systemctl start tidingsd.service
    entry=$(wait_entry "$from" MESSAGE_ID="$(message_id spoolUnwatched)")
    equal "$(json "$entry" PRIORITY)" 4
    contains "$(json "$entry" MESSAGE)" fs.inotify.max_user_instances "what a person is told"
    update unwatched-1 | drop alice unwatched-1.jsonld
    wait_entry "$from" TIDINGS_FILE=unwatched-1.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    update unwatched-2 | drop alice unwatched-2.jsonld
    wait_entry "$from" TIDINGS_FILE=unwatched-2.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    equal "$(count_entries "$from" MESSAGE_ID="$(message_id spoolUnwatched)")" 1 "entries that nothing is watched"
    exec {HOLDER[1]}>&-
    wait_entry "$from" MESSAGE_ID="$(message_id spoolRecovered)" >/dev/null
    wipe
}

test_a_replaced_drop_folder_is_noticed() {
    fresh
    systemctl start tidingsd.service
    local from
    from=$(cursor)
    mv $spool/incoming $spool/moved
    systemd-tmpfiles --create tidingsd.conf
    update replaced-1 | drop alice replaced-1.jsonld
    wait_entry "$from" TIDINGS_FILE=replaced-1.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    update replaced-2 | drop alice replaced-2.jsonld
    wait_entry "$from" TIDINGS_FILE=replaced-2.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    rmdir $spool/moved
}

test_a_file_written_in_goes_is_taken_once_and_whole() {
    fresh
    systemctl start tidingsd.service
    local from entry
    from=$(cursor)
    update goes-1 >/tmp/goes
    # Closed and opened again, as over Samba.
    as bob python3 -c '
import sys
text = open("/tmp/goes").read()
place = sys.argv[1] + "/goes.jsonld"
open(place, "w").close()
for start in range(0, len(text), 100):
    with open(place, "a") as file: file.write(text[start:start + 100])
' "$spool/incoming"
    entry=$(wait_entry "$from" TIDINGS_FILE=goes.jsonld)
    equal "$(json "$entry" TIDINGS_OUTCOME)/$(json "$entry" TIDINGS_UID)" accepted/goes-1
    equal "$(count_entries "$from" TIDINGS_FILE=goes.jsonld)" 1 "deliveries"
}
