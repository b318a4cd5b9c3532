extension TextLanguage {
    static let englishLabels: [(TextLabel, String)] = [
        (.headline, "title, event, event name, name of event, what, headline, event title"),
        (.subject, "subject, topic, re"),
        (
            .date,
            "date, dates, day, days, event date, event dates, start date, date of event, on view, exhibition dates, duration, runs, running, starts, begins"
        ),
        (.endDate, "end date, ends"),
        (.time, "time, times, start time, hours, opening hours, hour, event time"),
        (
            .dateAndTime,
            "when, when and where, time and place, date and place, date and venue, date time and place, date and time, date time, date & time, time and date, schedule, date and hours"
        ),
        (
            .place,
            """
            where, place, location, venue, address, room, meeting point, meeting place, assembly point, event location, \
            locations, places, venues, event venue, where to find us
            """
        ),
        (.city, "city, cities, town"),
        (.online, "online, zoom, livestream, stream, webinar, join online, link, join, watch, join us online"),
        (
            .speaker,
            """
            speaker, speakers, presenter, presenters, lecturer, performer, performers, artist, artists, featuring, \
            guest speaker, keynote, keynote speaker, conductor, soloist, soloists, who is speaking, musicians
            """
        ),
        (
            .organizer,
            """
            organiser, organizer, organisers, organizers, organised by, organized by, host, hosts, hosted by, \
            presented by, organisation, organization, promoter
            """
        ),
        (.sponsor, "sponsor, sponsors, sponsored by, supported by, co-sponsor, funded by"),
        (
            .contact,
            """
            contact, contacts, press contact, media contact, phone, telephone, tel, email, e-mail, fax, web, website, \
            for more information, more information, info, information, for further information, host e-mail, from, to, \
            cc, reply to, message id, url
            """
        ),
        (
            .other,
            """
            deadline, rsvp, rsvp by, registration, register, register by, registration deadline, tickets, ticket, price, \
            admission, doors, doors open, cost, fee, entry, parking, transport, travel, abstract, bio, biography, notes, \
            about, background, language, year, uid, update of, apply by, closing date, tickets on sale, on sale, \
            submission deadline, last year, previous edition, founded, refreshments, reception, affiliation, note, \
            type, posted by, photo, caption, how, why, who, established, next edition, press call, accreditation
            """
        ),
        (.issued, "issued, published, released, release date, date of issue, date issued, posted, issue date, sent"),
        (.embargo, "embargo, embargo until, embargoed until, not for publication before, under embargo until"),
    ]

    static let englishBanners = [
        "for immediate release", "press release", "media release", "news release", "media advisory", "press advisory",
        "announcement", "public notice", "notice", "save the date", "embargoed", "embargo", "under embargo",
        "not for publication", "dear", "hello", "hi", "friends", "greetings", "invitation", "you are invited",
        "please forward", "please post", "media alert", "news", "newsletter", "contact", "page", "update", "reminder",
        "an announcement from", "a message from", "event announcement", "press invitation", "advisory", "correction",
        "statement", "to whom it may concern", "attention", "draft", "final", "for release", "information",
        "seminar announcement", "calendar notice", "circular", "event notice", "community notice", "media invitation",
    ]

    static let englishClosings = [
        "notes to editors", "notes for editors", "note to editors", "about the", "contact", "press contact",
        "media contact", "ends", "end", "for more information", "for further information", "background",
    ]

    static let englishTypes: [(words: String, type: String)] = [
        ("exhibition exhibitions exhibit biennale", "ExhibitionEvent"),
        ("festival festivals carnival", "Festival"),
        ("concert concerts recital recitals gig symphony orchestra choir jazz", "MusicEvent"),
        ("screening screenings film", "ScreeningEvent"),
        ("lecture lectures seminar seminars workshop workshops colloquium course class webinar", "EducationEvent"),
        ("theatre theater play opera musical", "TheaterEvent"),
        ("ballet dance", "DanceEvent"),
        ("marathon tournament match race championship", "SportsEvent"),
        ("book poetry literary author", "LiteraryEvent"),
        ("comedy", "ComedyEvent"),
    ]

    static let englishZones: [String: String] = [
        "gmt": "Etc/UTC", "utc": "Etc/UTC", "bst": "Europe/London", "cet": "Europe/Brussels",
        "cest": "Europe/Brussels", "eet": "Europe/Athens", "eest": "Europe/Athens", "wet": "Europe/Lisbon",
        "west": "Europe/Lisbon", "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
        "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago", "mst": "America/Denver",
        "mdt": "America/Denver", "mt": "America/Denver", "pst": "America/Los_Angeles",
        "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    ]
}
