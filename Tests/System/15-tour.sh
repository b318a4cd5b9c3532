# The tour of README.md, command by command: what stands there has to be true.
# shellcheck shell=bash disable=SC2154

# The commands of the section "A first look".
tour_commands() {
    awk '/^## / {is_tour = $0 == "## A first look"} /^```/ {is_code = is_tour && $0 == "```sh"; next} is_code && NF' \
        "$TIDINGS_TOP/README.md"
}

# Runs a line as its reader would: a user who logs in anew for each, root where it says sudo.
tour_run() { # COMMAND
    local line="cd '$TIDINGS_TOP' && $1"
    if [[ $1 == "sudo "* ]]; then
        (cd "$TIDINGS_TOP" && USER=dora PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c "${1#sudo }")
    else
        runuser -l dora -c "$line"
    fi
}

tour_expect() { # COMMAND OUTPUT FROM
    local command=${1%%  *} said=$2 from=$3 file
    case "$command" in
    "sudo ./Deploy/install-packages "*) equal "$said" "" "$command, with nothing missing" ;;
    "sudo ./Deploy/install")
        contains "$said" "/usr/local/bin/tidingsd" "$command"
        contains "$said" "adduser NAME tidings" "$command"
        ;;
    "sudo systemctl start tidingsd") systemctl --quiet is-active tidingsd.service ;;
    'sudo adduser --quiet "$USER" tidings') contains " $(id -nG dora) " " tidings " "the groups of the user" ;;
    "tidings submit --wait "*) contains "$said" "1-concert.ics: accepted: “Late Quartets by Candlelight” is new" "$command" ;;
    "cp "*) wait_entry "$from" TIDINGS_FILE=2-reading.jsonld TIDINGS_OUTCOME=accepted >/dev/null ;;
    "sudo journalctl -u tidingsd TIDINGS_FILE=2-reading.jsonld")
        contains "$said" "2-reading.jsonld: accepted: “A Night of Short Readings” is new" "$command"
        ;;
    "sudo journalctl -u tidingsd -x "*)
        contains "$said" "1-concert.ics: accepted: “Late Quartets by Candlelight” is new" "$command"
        contains "$said" "An event update was accepted" "$command"
        contains "$said" "tidings why" "$command"
        ;;
    "tidings why 1-concert.ics") contains "$said" "accepted" "$command" ;;
    "ls /var/lib/tidingsd/site")
        for file in ${1##*\# }; do
            contains " ${said//$'\n'/ } " " $file " "$command"
            as mallory test -s "/var/lib/tidingsd/site/$file" || complain "$file is empty, or not everybody may read it"
        done
        for file in index.html calendar.ics; do
            shows "/var/lib/tidingsd/site/$file" "Late Quartets by Candlelight" "A Night of Short Readings"
        done
        equal "$(grep -c '^BEGIN:VEVENT' /var/lib/tidingsd/site/calendar.ics)" 2 "events of the calendar"
        ;;
    "sudo tidings list")
        contains "$said" "Late Quartets by Candlelight" "$command"
        contains "$said" "A Night of Short Readings" "$command"
        ;;
    "sudo tidings show "*)
        contains "$said" "Late Quartets by Candlelight" "$command"
        contains "$said" "revision 1" "$command"
        ;;
    *) complain "nothing is known of what this command of the tour should do: $1" ;;
    esac
}

test_the_tour_of_the_readme_is_true() {
    useradd -m -s /bin/bash dora
    wipe
    local command said from count=0
    while IFS= read -r command; do
        echo "\$ $command"
        if [ "$command" = ./Deploy/build ]; then
            echo "(left out: the binaries that are tested here are built already, and this machine has no network)"
            continue
        fi
        from=$(cursor)
        said=$(tour_run "$command" 2>&1) || complain "failed with status $?: $said"
        printf '%s\n' "$said"
        tour_expect "$command" "$said" "$from"
        count=$((count + 1))
    done < <(tour_commands)
    equal $count 12 "commands of the tour"
    wipe
}
