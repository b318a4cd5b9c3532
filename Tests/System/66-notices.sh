# What cannot be taken in has its entries, and nobody fills the journal with them.
# shellcheck shell=bash disable=SC2154

# Puts one thing after the other into the drop folder under one name, as often as asked for; says how long it took.
swap() { # USER NAME COUNT
    as "$1" python3 -c '
import os, sys, time
place, count = sys.argv[1], int(sys.argv[2])
begin = time.monotonic()
for number in range(count):
    if number % 2: os.mkfifo(place)
    else: os.symlink("/etc/hostname", place)
    if number + 1 < count: os.unlink(place)
print(f"{count} swaps in {time.monotonic() - begin:.1f} s")
' "$spool/incoming/$2" "$3"
}

test_nobody_fills_the_journal_with_links() {
    wipe
    local from entry told left
    left=$(message_id noticesLeftOut)
    systemctl start tidingsd.service
    from=$(cursor)
    swap alice swapped 100000
    as bob ln -s /etc/hostname $spool/incoming/link
    wait_entry "$from" MESSAGE_ID="$(message_id fileLeftAlone)" TIDINGS_FILE=link >/dev/null
    update notices-1 | drop alice notices-1.jsonld
    wait_entry "$from" TIDINGS_FILE=notices-1.jsonld TIDINGS_OUTCOME=accepted >/dev/null
    # What was counted so far is told at the end.
    systemctl stop tidingsd.service
    entry=$(wait_entry "$from" MESSAGE_ID="$left")
    contains "$(json "$entry" MESSAGE)" "more notices of files of user $alice were left out within a minute, after 20"
    told=$(count_entries "$from" -t tidingsd TIDINGS_SUBMITTER=$alice)
    echo "$told entries; $(json "$entry" MESSAGE)"
    # The files may come over the end of a minute or two.
    [ "$told" -le 70 ] || complain "$told entries about files of one user"
    equal "$(count_entries "$from" MESSAGE_ID="$left" TIDINGS_SUBMITTER=$bob)" 0 "notices of others left out"
    rm -f $spool/incoming/swapped $spool/incoming/link
}
