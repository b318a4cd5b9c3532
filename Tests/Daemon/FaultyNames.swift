extension FaultyConfiguration {
    /// Sections, settings and plugins that are called otherwise, and values of another type.
    static let names: [FaultyConfiguration] = [
        FaultyConfiguration(
            "a misspelt section",
            """
            [spol]
            settle = "1s"
            """,
            "tidingsd.toml:1:2: unknown section [spol]; did you mean [spool]?"),
        FaultyConfiguration(
            "a section of something else",
            """
            [database]
            host = "x"
            """,
            "tidingsd.toml:1:2: unknown section [database]; the sections are [service], [spool], [pipeline], [publishers.NAME] and [plugins.NAME]"
        ),
        FaultyConfiguration(
            "a plugin's section at the top",
            """
            [notifier]
            """,
            "tidingsd.toml:1:2: unknown section [notifier]; write [plugins.notifier]"),
        FaultyConfiguration(
            "a setting before any section",
            """
            settle = "1s"
            """,
            "tidingsd.toml:1:1: settle stands before any [section]; put it below [spool]"),
        FaultyConfiguration(
            "a misspelt setting",
            """
            [spool]
            setle = "1s"
            """,
            "tidingsd.toml:2:1: unknown setting spool.setle; did you mean settle?"),
        FaultyConfiguration(
            "a setting of another section",
            """
            [service]
            stages = ["validator"]
            """,
            "tidingsd.toml:2:1: unknown setting service.stages; it belongs to [pipeline]"),
        FaultyConfiguration(
            "a misspelt plugin",
            """
            [plugins.notifer]
            """,
            "tidingsd.toml:1:10: [plugins.notifer] is for no plugin of this daemon; did you mean [plugins.notifier]?"),
        FaultyConfiguration(
            "a plugin that is not there",
            """
            [plugins.mailchimp]
            """,
            "tidingsd.toml:1:10: [plugins.mailchimp] is for no plugin of this daemon; it has validator, archiver, notifier, mailer"
        ),
        FaultyConfiguration(
            "a misspelt setting of a channel",
            """
            [[plugins.notifier.channel]]
            titel = "Events"
            """,
            "tidingsd.toml:2:1: unknown setting plugins.notifier.channel.titel; did you mean title?"),
        FaultyConfiguration(
            "a channel as a table",
            """
            [plugins.notifier.channel]
            title = "Events"
            """,
            "tidingsd.toml:1:1: plugins.notifier.channel is a table; write it as [[plugins.notifier.channel]]"),
        FaultyConfiguration(
            "a section as a value",
            """
            spool = "/srv/spool"
            """,
            #"tidingsd.toml:1:9: spool is the string "/srv/spool"; write it as a section [spool]"#),
        FaultyConfiguration(
            "a number for a duration",
            """
            [spool]
            settle = 3
            """,
            #"tidingsd.toml:2:10: spool.settle is the number 3; expected a duration such as "500ms", "2s" or "1h" (units ms, s, min, h, d); did you mean "3s"?"#
        ),
        FaultyConfiguration(
            "a duration without a unit",
            """
            [spool]
            settle = "3"
            """,
            #"tidingsd.toml:2:10: spool.settle is the string "3"; expected a duration such as "500ms", "2s" or "1h" (units ms, s, min, h, d); did you mean "3s"?"#
        ),
        FaultyConfiguration(
            "an unknown unit",
            """
            [spool]
            rescan = "5m"
            """,
            #"tidingsd.toml:2:10: spool.rescan is the string "5m"; expected a duration such as "500ms", "2s" or "1h" (units ms, s, min, h, d); did you mean "5min"?"#
        ),
        FaultyConfiguration(
            "a fraction",
            """
            [pipeline]
            retry_longest = "1.5h"
            """,
            #"tidingsd.toml:2:17: pipeline.retry_longest is the string "1.5h"; expected a duration such as "500ms", "2s" or "1h" (units ms, s, min, h, d); whole numbers only, in a smaller unit"#
        ),
        FaultyConfiguration(
            "a duration out of range",
            """
            [spool]
            settle = "2h"
            """,
            #"tidingsd.toml:2:10: spool.settle is the string "2h"; it must be from "1ms" to "1h""#),
        FaultyConfiguration(
            "a duration that overflows",
            """
            [spool]
            settle = "999999999999999999d"
            """,
            #"tidingsd.toml:2:10: spool.settle is the string "999999999999999999d"; expected a duration such as "500ms", "2s" or "1h" (units ms, s, min, h, d); this one is too large"#
        ),
        FaultyConfiguration(
            "a decimal unit",
            """
            [spool]
            max_file_bytes = "2MB"
            """,
            #"tidingsd.toml:2:18: spool.max_file_bytes is the string "2MB"; expected a size such as "512KiB" or "1MiB" (units B, KiB, MiB, GiB); did you mean "2MiB"?"#
        ),
        FaultyConfiguration(
            "a negative size",
            """
            [spool]
            min_free_bytes = -1
            """,
            #"tidingsd.toml:2:18: spool.min_free_bytes is the number -1; expected a size such as "512KiB" or "1MiB" (units B, KiB, MiB, GiB)"#
        ),
        FaultyConfiguration(
            "a text for a number",
            """
            [spool]
            window = "64"
            """,
            #"tidingsd.toml:2:10: spool.window is the string "64"; expected a whole number; did you mean 64, without quotes?"#
        ),
        FaultyConfiguration(
            "a number out of range",
            """
            [spool]
            window = 1
            """,
            "tidingsd.toml:2:10: spool.window is the number 1; it must be from 16 to 65536"),
        FaultyConfiguration(
            "a fraction for a whole number",
            """
            [spool]
            window = 64.5
            """,
            "tidingsd.toml:2:10: spool.window is the number 64.5; expected a whole number"),
        FaultyConfiguration(
            "a text for true",
            """
            [spool]
            reply_accepted = "true"
            """,
            #"tidingsd.toml:2:18: spool.reply_accepted is the string "true"; expected true or false; did you mean true, without quotes?"#
        ),
        FaultyConfiguration(
            "a misspelt choice",
            """
            [service]
            log = "jurnal"
            """,
            #"tidingsd.toml:2:7: service.log is the string "jurnal"; expected one of "auto", "journal", "console", "json"; did you mean "journal"?"#
        ),
        FaultyConfiguration(
            "a choice that is none",
            """
            [service]
            log_level = "verbose"
            """,
            #"tidingsd.toml:2:13: service.log_level is the string "verbose"; expected one of "error", "warning", "notice", "info", "debug""#
        ),
        FaultyConfiguration(
            "a text for a list",
            """
            [pipeline]
            stages = "validator"
            """,
            #"tidingsd.toml:2:10: pipeline.stages is the string "validator"; expected a list in brackets; did you mean ["validator"]?"#
        ),
        FaultyConfiguration(
            "a number in a list",
            """
            [pipeline]
            stages = ["validator", 2]
            """,
            "tidingsd.toml:2:24: pipeline.stages has the number 2 in its list; expected a string in quotes"),
    ]
}
