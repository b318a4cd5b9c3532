import PluginKit

/// tidingsd.toml(5), in mdoc(7).
struct ReferenceManual {
    private let sections: [ReferenceSection]

    init(_ registry: Registry) { sections = ReferenceSection.all(registry) }

    /// The whole page.
    var page: String { ReferenceManual.front + sections.map(section).joined() + ReferenceManual.back }

    private func section(_ section: ReferenceSection) -> String {
        var text = ".Ss [\(section.name)]\n" + (section.summary.map(ReferenceManual.prose) ?? "")
        text += list(section.values)
        for (name, setting, nested) in section.lists {
            text += ".Ss [[\(name)]]\n" + ReferenceManual.prose(setting.summary) + list(nested)
        }
        return text
    }

    private func list(_ settings: [SettingDescription]) -> String {
        guard !settings.isEmpty else { return "" }
        let items = settings.map { setting in
            ".It Cm \(ReferenceManual.escaped(setting.key)) = Ns Li \" \(ReferenceManual.quoted(setting.value))\"\n"
                + ReferenceManual.prose("\(setting.summary) (\(setting.type))")
        }
        return ".Bl -tag -width Ds\n" + items.joined() + ".El\n"
    }

    /// Text lines; a sentence begins a new one.
    private static func prose(_ text: String) -> String {
        text.split(separator: ". ").enumerated().map { index, sentence in
            let isLast = index == text.split(separator: ". ").count - 1
            return filledLines(escaped(sentence + (isLast ? "" : ".")), width: 80).joined(separator: "\n") + "\n"
        }.joined()
    }

    private static func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }

    /// As an argument in quotes.
    private static func quoted(_ text: String) -> String { escaped(text).replacing("\"", with: "\\(dq") }

    private static let front = #"""
        .\" Made from the settings' own declarations by: tidings reference --as man
        .Dd November 26, 2026
        .Dt TIDINGSD.TOML 5
        .Os
        .Sh NAME
        .Nm tidingsd.toml
        .Nd configuration of tidingsd
        .Sh SYNOPSIS
        .Pa /etc/tidingsd/tidingsd.toml
        .Pp
        .Pa /etc/tidingsd/tidingsd.toml.d/*.toml
        .Sh DESCRIPTION
        The files are TOML 1.0.
        Every setting has a default, so that none of them needs to be there.
        The files of the folder
        .Pa tidingsd.toml.d
        are read after
        .Pa tidingsd.toml ,
        in the order of their names.
        A later file overrides an earlier one setting by setting; a list, and a list of
        tables such as
        .Li [[plugins.notifier.channel]] ,
        is replaced as a whole.
        .Pp
        A file that everybody may change, or that belongs to neither root nor the user
        of the service, is refused, and so is what is unknown, of another type or out of
        range.
        All faults are reported at once, each with file, line and column:
        .Dl # tidings check
        .Pp
        What is in force, and where each value comes from:
        .Dl # tidings check --effective
        .Pp
        Changes are put into force by
        .Ql systemctl reload tidingsd ,
        wholly or not at all, and the journal says which.
        The settings of
        .Li [spool] ,
        .Cm service.state_directory
        and
        .Cm service.log
        change with a restart only; a reload that would change them is refused.
        .Ss Types
        .Bl -tag -width Ds
        .It duration
        A whole number and a unit in quotes:
        .Cm ms , s , min , h
        or
        .Cm d ,
        as in
        .Li \(dq500ms\(dq .
        .It size
        A whole number and a unit in quotes:
        .Cm B , KiB , MiB
        or
        .Cm GiB ,
        as in
        .Li \(dq1MiB\(dq ;
        or a number of bytes without quotes.
        .It credential
        The name of a systemd credential, as in
        .Li { credential = \(dqsmtp-password\(dq } .
        A secret never stands in a file of the configuration.
        It lies in a file of its own that root alone may read, and a drop-in of the unit
        .Pq Ql systemctl edit tidingsd
        gives it to the service:
        .Bd -literal -offset indent
        [Service]
        LoadCredential=smtp-password:/etc/tidingsd/credentials/smtp-password
        .Ed
        .El
        .Sh SETTINGS
        Each stands with its default.

        """#

    private static let back = #"""
        .Sh FILES
        .Bl -tag -width Ds
        .It Pa /etc/tidingsd/tidingsd.toml
        The configuration.
        As it is shipped it has every setting with its default, commented out.
        .It Pa /usr/local/share/doc/tidingsd/examples/
        Configurations of a newsroom, a venue and a campaign, with updates of theirs.
        .El
        .Sh EXAMPLES
        A drop-in that publishes the calendar where a web server looks for it:
        .Bd -literal -offset indent
        [[plugins.notifier.channel]]
        directory = "/srv/www/events"
        title = "Events at the Old Mill"
        base_url = "https://oldmill.example/events/"
        .Ed
        .Pp
        and the drop-in of the unit that lets the service write there:
        .Bd -literal -offset indent
        [Service]
        ReadWritePaths=/srv/www/events
        .Ed
        .Sh SEE ALSO
        .Xr tidings 1 ,
        .Xr systemd.exec 5 ,
        .Xr tidingsd 8

        """#
}
