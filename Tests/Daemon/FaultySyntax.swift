import Foundation

extension FaultyConfiguration {
    /// The form of the file: TOML, and what is no text at all.
    static let syntax: [FaultyConfiguration] = [
        FaultyConfiguration(
            "a heading without its end",
            """
            [spool
            settle = "1s"
            """,
            "tidingsd.toml:1:7: the section's heading is not closed; write it as [spool], or [[plugins.notifier.channel]]"
        ),
        FaultyConfiguration(
            "a heading without its beginning",
            """
            spool]
            """,
            "tidingsd.toml:1:6: the [ before the section's name is missing; write it as [spool]"),
        FaultyConfiguration(
            "words after a heading",
            """
            [spool] settle = "1s"
            """,
            "tidingsd.toml:1:9: nothing but a comment may follow a [section]; begin a new line"),
        FaultyConfiguration(
            "a heading twice",
            """
            [spool]
            window = 64
            [pipeline]
            batch = 9
            [spool]
            settle = "1s"
            """,
            "tidingsd.toml:5:1: [spool] stands in line 1 already; put its settings there"),
        FaultyConfiguration(
            "a key twice",
            """
            [spool]
            settle = "1s"
            window = 64
            settle = "2s"
            """,
            "tidingsd.toml:4:1: settle stands in line 2 already; remove one of the two"),
        FaultyConfiguration(
            "a colon for =",
            """
            [spool]
            settle: "1s"
            """,
            "tidingsd.toml:2:7: write = instead of : between key and value"),
        FaultyConfiguration(
            "no = at all",
            """
            [spool]
            reply_accepted
            """,
            "tidingsd.toml:2:15: there is no = between key and value; write key = value, or # before a comment"),
        FaultyConfiguration(
            "no value",
            """
            [spool]
            settle =
            """,
            "tidingsd.toml:2:9: the value behind = is missing; write one, or # before the line for the default"),
        FaultyConfiguration(
            "no key",
            """
            [spool]
            = "1s"
            """,
            "tidingsd.toml:2:1: the key before = is missing; write key = value"),
        FaultyConfiguration(
            "a text without quotes",
            """
            [spool]
            directory = /srv/spool
            """,
            #"tidingsd.toml:2:13: the value of directory is neither a number nor true or false; put a text in quotes: "…""#
        ),
        FaultyConfiguration(
            "a duration without quotes",
            """
            [spool]
            settle = 2s
            """,
            #"tidingsd.toml:2:10: the value of settle is not a number; a duration, a size or a date stands in quotes, as in "2s""#
        ),
        FaultyConfiguration(
            "a yes",
            """
            [spool]
            reply_accepted = yes
            """,
            "tidingsd.toml:2:18: the value of reply_accepted is misspelt; write true or false, in small letters, without quotes"
        ),
        FaultyConfiguration(
            "a True",
            """
            [spool]
            reply_accepted = True
            """,
            "tidingsd.toml:2:18: the value of reply_accepted is misspelt; write true or false, in small letters, without quotes"
        ),
        FaultyConfiguration(
            "a quote that is not closed",
            """
            [spool]
            directory = "/srv/spool
            """,
            "tidingsd.toml:2:13: the text of directory has no closing quote; write one at its end"),
        FaultyConfiguration(
            "typographic quotes",
            """
            [spool]
            directory = “/srv/spool”
            """,
            #"tidingsd.toml:2:13: the value of directory stands in typographic quotes; write straight ones: "…""#),
        FaultyConfiguration(
            "a quote within quotes",
            """
            [[plugins.notifier.channel]]
            title = "The "Mill" in June"
            """,
            #"tidingsd.toml:2:15: something follows the closing quote; within a text write a quote as \""#),
        FaultyConfiguration(
            "a backslash",
            #"""
            [spool]
            directory = "C:\spool"
            """#,
            #"tidingsd.toml:2:17: a backslash stands for itself when it is doubled: \\; or put the text in single quotes"#
        ),
        FaultyConfiguration(
            "a list that is not closed",
            """
            [pipeline]
            stages = ["validator", "archiver"
            batch = 9
            """,
            "tidingsd.toml:2:1: the list of stages is not closed; write ] behind its last element"),
        FaultyConfiguration(
            "a list without commas",
            """
            [pipeline]
            stages = ["validator" "archiver"]
            """,
            "tidingsd.toml:2:23: a comma is missing in the list of stages before this"),
        FaultyConfiguration(
            "a comment of another language",
            """
            [spool]
            // settle = "1s"
            """,
            "tidingsd.toml:2:1: a comment begins with #; write # instead"),
        FaultyConfiguration(
            "two settings in a line",
            """
            [spool]
            settle = "1s" window = 64
            """,
            "tidingsd.toml:2:15: two settings stand in one line; begin a new line for the second"),
        FaultyConfiguration(
            "a number too large for TOML",
            """
            [spool]
            window = 99999999999999999999
            """,
            "tidingsd.toml:2:10: the number of window is too large; write a smaller one"),
        FaultyConfiguration(
            "zeros before a number",
            """
            [spool]
            window = 0064
            """,
            "tidingsd.toml:2:10: the number of window begins with 0; leave the zeros out"),
        FaultyConfiguration(
            "several faults of syntax, and one of meaning",
            """
            [spool]
            settle = 2s
            window = 1
            [pipeline]
            batch = ten
            """,
            #"tidingsd.toml:2:10: the value of settle is not a number; a duration, a size or a date stands in quotes, as in "2s""#,
            "tidingsd.toml:3:10: spool.window is the number 1; it must be from 16 to 65536",
            #"tidingsd.toml:5:9: the value of batch is neither a number nor true or false; put a text in quotes: "…""#),
        FaultyConfiguration(
            "Latin-1",
            """
            [[plugins.notifier.channel]]
            title = "Café"
            """, encoding: .isoLatin1,
            "tidingsd.toml:2:13: this character is not UTF-8; save the file as UTF-8"),
        FaultyConfiguration(
            "a NUL",
            """
            [spool]
            settle = "1s"\0
            """,
            "tidingsd.toml:2:14: there is a NUL byte; remove it"),
        FaultyConfiguration(
            "UTF-16",
            """
            [spool]
            """, encoding: .utf16,
            "tidingsd.toml:1:1: the file is UTF-16; save it as UTF-8"),
    ]
}
