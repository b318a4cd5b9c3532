import Testing

/// A text, and everything that must be read out of it.
struct AnnouncementCase: CustomTestStringConvertible, Sendable {
    var text: String
    var name: String
    var type = "Event"
    /// One line an occurrence, as `EventUpdate.stops` writes it.
    var stops: [String]
    var parties: [String] = []
    /// Codes of all diagnostics but `uid-derived`, which every one of these has.
    var codes: [String] = []
    var testDescription: String { name }

    static let all: [AnnouncementCase] = [
        AnnouncementCase(
            text: """
                FOR IMMEDIATE RELEASE

                Novelist Ines Marwick takes "The Salt Road" to four cities

                The Larkspur Press Foundation (LPF) will present a book tour with readings in Lyon on 14 March 2027, in \
                Madrid on 16 March, in Oslo on 19 March and in Vienna on 22 March. All readings start at 7:30 pm. \
                Admission is free.

                Larkspur Press was founded in 1998 in Bristol. The author's first novel was published in June 2019 and \
                won a prize in Lisbon.
                """,
            name: "Novelist Ines Marwick takes \"The Salt Road\" to four cities",
            stops: [
                "lyon 2027-03-14T19:30:00 Lyon FR Europe/Paris", "madrid 2027-03-16T19:30:00 Madrid ES Europe/Madrid",
                "oslo 2027-03-19T19:30:00 Oslo NO Europe/Oslo", "vienna 2027-03-22T19:30:00 Vienna AT Europe/Vienna",
            ],
            parties: ["organizer organisation Larkspur Press Foundation"]),
        AnnouncementCase(
            text: """
                NORRLAND CULTURE

                Harbour Lights Festival returns to Bergen

                Harbour Lights Festival returns to Bergen

                BERGEN, 11 January 2027 – The Harbour Lights Society (HLS, Havnelys or HLF) will hold its ninth festival \
                of light from 14–16 May in Bergen. More than 40,000 people attended the last festival in May 2025, when \
                sculptures from Reykjavik and Turku were shown.

                The festival is sponsored by the Norrland Savings Foundation. Tickets go on sale on 1 March 2027.
                """,
            name: "Harbour Lights Festival returns to Bergen", type: "Festival",
            stops: ["main 2027-05-14..2027-05-16 Bergen NO Europe/Oslo"],
            parties: [
                "organizer organisation Harbour Lights Society", "sponsor organisation Norrland Savings Foundation",
            ],
            codes: ["year-inferred"]),
        AnnouncementCase(
            text: """
                Winter Concert of the Riverside Choir

                The Riverside Choir invites you to its winter concert on Friday, 5 March 2027 at 7:30 pm. Doors open at \
                6:45 pm. The concert will take place in the Town Hall, Market Square 1, Leeds.

                Conductor: Anna Thwaite
                Tickets: 12 pounds from www.example.org/tickets
                """,
            name: "Winter Concert of the Riverside Choir", type: "MusicEvent",
            stops: ["main 2027-03-05T19:30:00 Leeds GB Europe/London"],
            parties: ["organizer organisation Riverside Choir", "performer person Anna Thwaite"]),
        AnnouncementCase(
            text: """
                Public Hearing on the New Tram Line

                When: Tuesday, 9 March 2027, 6 pm to 8:30 pm
                Where: Council Chamber, Rathausplatz 2, 8001 Zurich, Switzerland
                Organiser: City Transport Office

                The office will present three variants of the line that was proposed in October 2026. Written comments \
                must be submitted by 2 April 2027.
                """,
            name: "Public Hearing on the New Tram Line",
            stops: ["main 2027-03-09T18:00:00..2027-03-09T20:30:00 Zurich CH Europe/Zurich"],
            parties: ["organizer organisation City Transport Office"]),
        AnnouncementCase(
            text: """
                News from the Corvane Gallery

                Paper Gardens: an exhibition of cut-paper works

                Date: 3 to 25 July 2027
                Hours: 10:00-18:00
                Venue: Corvane Gallery
                Address: 14 rue des Tanneurs, 67000 Strasbourg, France

                The exhibition shows works made since 2015. It was first seen in Toulouse in November 2026.
                """,
            name: "Paper Gardens: an exhibition of cut-paper works", type: "ExhibitionEvent",
            stops: ["main 2027-07-03T10:00:00..2027-07-25T18:00:00 Strasbourg FR Europe/Paris"]),
        AnnouncementCase(
            text: """
                Cyclists to ride for safer streets in five cities

                Supporters of the Alliance for Safe Streets (AFSS, Safe Streets or SSA) will hold rallies on Saturday \
                and Sunday, 12 and 13 June, in Portland, Oregon, Austin, Texas, Calgary, Montreal and Mexico City.

                The rallies mark the anniversary of the 1988 Cyclists' Charter. In April 2027, a report published in \
                Geneva counted 310 accidents.
                """,
            name: "Cyclists to ride for safer streets in five cities",
            stops: [
                "portland 2027-06-12..2027-06-13 Portland US America/Los_Angeles",
                "austin 2027-06-12..2027-06-13 Austin US America/Chicago",
                "calgary 2027-06-12..2027-06-13 Calgary CA America/Edmonton",
                "montreal 2027-06-12..2027-06-13 Montreal CA America/Toronto",
                "mexico-city 2027-06-12..2027-06-13 Mexico City MX America/Mexico_City",
            ],
            parties: [
                "affiliated organisation Alliance for Safe Streets",
                "organizer community Supporters of the Alliance for Safe Streets",
            ],
            codes: ["day-assignment-unstated", "year-inferred"]),
        AnnouncementCase(
            text: """
                The Plumline Quartet on tour

                The Plumline Quartet announces its spring tour 2027.

                - 2 April: Basel, Stadtcasino
                - 4 April: Milan, Sala Verdi
                - 7 April: Ljubljana, Cankar Hall, 7 pm
                - 9 April: Graz, Congress Hall

                All other concerts begin at 8 pm.
                """,
            name: "The Plumline Quartet on tour",
            stops: [
                "basel 2027-04-02T20:00:00 Basel CH Europe/Zurich", "milan 2027-04-04T20:00:00 Milan IT Europe/Rome",
                "ljubljana 2027-04-07T19:00:00 Ljubljana SI Europe/Ljubljana",
                "graz 2027-04-09T20:00:00 Graz AT Europe/Vienna",
            ],
            codes: ["year-inferred"]),
    ]
}
