# Who may do what in the spool and the state. The daemon does not run, so that dropped files stay.
# shellcheck shell=bash disable=SC2154

readonly incoming=$spool/incoming

test_members_drop_and_cannot_list() {
    echo one | drop alice from-alice
    refused as alice ls $incoming
    refused as bob ls $incoming
    as alice cat $incoming/from-alice
}

test_members_cannot_touch_what_others_dropped() {
    refused as bob cat $incoming/from-alice
    refused as bob sh -c "echo two >$incoming/from-alice"
    refused as bob sh -c "echo two >>$incoming/from-alice"
    refused as bob rm -f $incoming/from-alice
    echo two | as bob sh -c "cat >$incoming/.mine"
    refused as bob mv $incoming/.mine $incoming/from-alice
    refused as bob ln $incoming/from-alice $incoming/second-link
    refused as bob mv $incoming/from-alice $incoming/moved
    equal "$(cat $incoming/from-alice)" one
    rm $incoming/.mine
}

test_strangers_are_refused() {
    refused as mallory sh -c "echo x >$incoming/from-mallory"
    refused as mallory ls $incoming
    refused as mallory cat $incoming/from-alice
    [ ! -e $incoming/from-mallory ]
}

test_the_daemon_reads_what_members_create() {
    as tidingsd cat $incoming/from-alice
    echo 640 | as alice sh -c "umask 027; cat >$incoming/mode-640"
    equal "$(as tidingsd cat $incoming/mode-640)" 640
    echo 077 | as alice sh -c "umask 077; cat >$incoming/umask-077"
    equal "$(as tidingsd cat $incoming/umask-077)" 077
}

test_the_daemon_may_move_files_out_and_remove_them() {
    as tidingsd mv $incoming/from-alice $spool/active/from-alice
    as tidingsd cat $spool/active/from-alice
    as tidingsd rm $spool/active/from-alice
}

test_a_file_kept_private_on_purpose_is_not_opened_by_the_folder() {
    echo x | as alice sh -c "cat >$incoming/private; chmod 0600 $incoming/private"
    refused as tidingsd cat $incoming/private
}

test_administrators_ask_and_members_do_not() {
    echo request | as carol sh -c "cat >$spool/requests/one"
    refused as carol ls $spool/requests
    as tidingsd cat $spool/requests/one
    local other=(setpriv --reuid=mallory --regid=tidings-admin --clear-groups --inh-caps=-all --reset-env --)
    "${other[@]}" sh -c "echo request >$spool/requests/another"
    refused "${other[@]}" rm -f $spool/requests/one
    refused "${other[@]}" sh -c "echo other >$spool/requests/one"
    refused as alice sh -c "echo request >$spool/requests/two"
    refused as mallory sh -c "echo request >$spool/requests/two"
}

test_administrators_read_what_was_set_aside() {
    local folder
    for folder in rejected held deferred accepted; do
        as tidingsd sh -c "umask 027; echo report >$spool/$folder/report"
        echo update | drop alice update
        as tidingsd mv $incoming/update $spool/$folder/update
        as carol ls $spool/$folder
        as carol cat $spool/$folder/report $spool/$folder/update
        refused as carol rm -f $spool/$folder/report
        refused as alice ls $spool/$folder
        refused as mallory ls $spool/$folder
        refused as mallory cat $spool/$folder/report
    done
    refused as carol ls $spool/active
}

test_the_calendar_site_is_public_and_the_archive_is_not() {
    as tidingsd sh -c "umask 027; echo page >$state/site/index.html; mkdir $state/site/feeds; echo feed >$state/site/feeds/all.atom"
    as mallory cat $state/site/index.html $state/site/feeds/all.atom
    as tidingsd sh -c "umask 027; echo rows >$state/archiver/archive.sqlite"
    as carol ls $state/archiver
    as carol cat $state/archiver/archive.sqlite
    refused as mallory cat $state/archiver/archive.sqlite
    refused as alice ls $state/archiver
    refused as mallory ls $state/notifier
}

test_making_the_folders_again_changes_nothing() {
    getfacl -R -p $spool $state | grep -vE '^# file: .*/(incoming|active|held|rejected)/.' >/tmp/before
    systemd-tmpfiles --create tidingsd.conf
    getfacl -R -p $spool $state | grep -vE '^# file: .*/(incoming|active|held|rejected)/.' >/tmp/after
    diff /tmp/before /tmp/after
}
