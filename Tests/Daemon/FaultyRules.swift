extension FaultyConfiguration {
    /// What is well-formed and cannot work, and secrets.
    static let rules: [FaultyConfiguration] = [
        FaultyConfiguration(
            "a relative spool",
            """
            [spool]
            directory = "spool"
            """,
            #"tidingsd.toml:2:13: spool.directory is "spool"; write an absolute path, such as "/var/spool/tidingsd""#),
        FaultyConfiguration(
            "an empty spool",
            """
            [spool]
            directory = ""
            """,
            #"tidingsd.toml:2:13: spool.directory is ""; write an absolute path, such as "/var/spool/tidingsd""#),
        FaultyConfiguration(
            "a relative state",
            """
            [service]
            state_directory = "state"
            """,
            #"tidingsd.toml:2:19: service.state_directory is "state"; write an absolute path, such as "/var/lib/tidingsd""#
        ),
        FaultyConfiguration(
            "waits in the wrong order",
            """
            [pipeline]
            retry_first = "1h"
            retry_longest = "1min"
            """,
            "tidingsd.toml:2:15: pipeline.retry_first is longer than retry_longest; make it shorter"),
        FaultyConfiguration(
            "an empty pipeline",
            """
            [pipeline]
            stages = []
            """,
            "tidingsd.toml:2:10: pipeline.stages is empty; name at least one plugin"),
        FaultyConfiguration(
            "a misspelt stage",
            """
            [pipeline]
            stages = ["validator", "archivist"]
            """,
            #"tidingsd.toml:2:24: pipeline.stages names "archivist", which is no plugin of this daemon (validator, archiver, notifier, mailer); did you mean "archiver"?"#
        ),
        FaultyConfiguration(
            "a stage twice",
            """
            [pipeline]
            stages = ["validator", "validator"]
            """,
            #"tidingsd.toml:2:24: pipeline.stages names "validator" twice; a plugin has one place"#),
        FaultyConfiguration(
            "stages in the wrong order",
            """
            [pipeline]
            stages = ["validator", "notifier", "archiver"]
            """,
            #"tidingsd.toml:2:24: stage "notifier" requires the fact tidings.resolution, which no earlier stage provides; put "archiver" before it"#
        ),
        FaultyConfiguration(
            "a channel's relative folder",
            """
            [[plugins.notifier.channel]]
            directory = "www"
            """,
            #"tidingsd.toml:2:13: plugins.notifier.channel.directory is "www"; write an absolute path, such as "/srv/www/events""#
        ),
        FaultyConfiguration(
            "a channel's address",
            """
            [[plugins.notifier.channel]]
            base_url = "events.example.org"
            """,
            #"tidingsd.toml:2:12: plugins.notifier.channel.base_url is "events.example.org"; write an address such as "https://events.example.org/""#
        ),
        FaultyConfiguration(
            "a channel without a title",
            """
            [[plugins.notifier.channel]]
            title = " "
            """,
            "tidingsd.toml:2:9: plugins.notifier.channel.title is empty; say what readers see as the headline"),
        FaultyConfiguration(
            "two channels in one folder",
            """
            [[plugins.notifier.channel]]
            title = "A"
            [[plugins.notifier.channel]]
            title = "B"
            """,
            "tidingsd.toml:1:1: plugins.notifier.channel has two tables that write into the default directory; give each a directory of its own"
        ),
        FaultyConfiguration(
            "a misspelt diagnostic",
            """
            [[plugins.validator.severity]]
            code = "missing-locaton"
            severity = "error"
            """,
            #"tidingsd.toml:2:8: plugins.validator.severity.code is the string "missing-locaton"; expected a diagnostic code; did you mean "missing-location"?"#
        ),
        FaultyConfiguration(
            "a severity for nothing",
            """
            [[plugins.validator.severity]]
            severity = "error"
            """,
            "tidingsd.toml:1:1: plugins.validator.severity.code is missing; name a diagnostic such as missing-location"),
        FaultyConfiguration(
            "a severity that cannot be lowered",
            """
            [[plugins.validator.severity]]
            code = "too-large"
            severity = "warning"
            """,
            "tidingsd.toml:3:12: plugins.validator.severity.severity of too-large is always error, for nothing can be done with such an update; remove this"
        ),
        FaultyConfiguration(
            "a secret written out",
            """
            [plugins.mailer]
            password = "hunter2"
            """,
            #"tidingsd.toml:2:12: plugins.mailer.password is a string; expected { credential = "NAME" }, for secrets are not kept here: put it into a file of its own, and LoadCredential=NAME:PATH into the unit"#
        ),
        FaultyConfiguration(
            "a secret under a misspelt key",
            """
            [plugins.mailer]
            pasword = "hunter2"
            """,
            "tidingsd.toml:2:1: unknown setting plugins.mailer.pasword; did you mean password?"),
        FaultyConfiguration(
            "a secret without its quote",
            """
            [plugins.mailer]
            password = "hunter2
            """,
            "tidingsd.toml:2:12: the text of password has no closing quote; write one at its end"),
        FaultyConfiguration(
            "a secret's folder",
            """
            [plugins.mailer]
            password = { credential = "/etc/secret" }
            """,
            "tidingsd.toml:2:12: plugins.mailer.password is a table; expected a credential's name as in LoadCredential=NAME:PATH, without a folder"
        ),
        FaultyConfiguration(
            "a secret in another form",
            """
            [plugins.mailer]
            password = { value = "hunter2" }
            """,
            #"tidingsd.toml:2:12: plugins.mailer.password is a table; expected one key in it, as in { credential = "NAME" }"#
        ),
    ]
}
