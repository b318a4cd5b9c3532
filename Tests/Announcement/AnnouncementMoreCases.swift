extension AnnouncementCase {
    static let more: [AnnouncementCase] = [
        AnnouncementCase(
            text: """
                **Neighbourhood Picnic**

                * **When:** Sunday, 20 June 2027, noon
                * **Where:** Wilson Park, Montreal, Canada
                * **Organised by:** Friends of Wilson Park

                RSVP by 10 June.
                """,
            name: "Neighbourhood Picnic", stops: ["main 2027-06-20T12:00:00 Montreal CA America/Toronto"],
            parties: ["organizer organisation Friends of Wilson Park"]),
        AnnouncementCase(
            text: """
                Title: Night of Short Films
                When: 17 September 2027, 21:00
                Locations:
                - Filmhaus, Nuremberg
                - Cinema Nova, Brussels
                - Kino Pionier, Szczecin
                """,
            name: "Night of Short Films",
            stops: [
                "nuremberg 2027-09-17T21:00:00 Nuremberg DE Europe/Berlin",
                "brussels 2027-09-17T21:00:00 Brussels BE Europe/Brussels",
                "szczecin 2027-09-17T21:00:00 Szczecin PL Europe/Warsaw",
            ]),
        AnnouncementCase(
            text: """
                Photo exhibition "Rivers of Iron" opens in Turin

                TURIN (2 February 2027) - The photo exhibition "Rivers of Iron" opens on Thursday, 11 March and runs \
                until 30 April at the Museo del Fiume, Corso Casale 15.
                """,
            name: "Photo exhibition \"Rivers of Iron\" opens in Turin", type: "ExhibitionEvent",
            stops: ["main 2027-03-11..2027-04-30 Turin IT Europe/Rome"], codes: ["year-inferred"]),
        AnnouncementCase(
            text: """
                International Day of Maps

                On March 14, exhibitions will take place in Lisbon, Cairo, and Nairobi. Talks will also be held in \
                Accra. More than 300 maps from Peru, Chile and Japan were collected since 2019. In December 2026 a \
                first show was held in Prague.
                """,
            name: "International Day of Maps",
            stops: [
                "lisbon 2027-03-14 Lisbon PT Europe/Lisbon", "cairo 2027-03-14 Cairo EG Africa/Cairo",
                "nairobi 2027-03-14 Nairobi KE Africa/Nairobi", "accra 2027-03-14 Accra GH Africa/Accra",
            ],
            codes: ["year-inferred"]),
        AnnouncementCase(
            text: """
                Members of the Teachers' Federation of Alba (TFA) to march on 1 May

                Members of the Teachers' Federation of Alba (TFA) will march in Edinburgh, Glasgow and Aberdeen on \
                Saturday 1 May 2027, starting at 11 am. They protest against class sizes that grew in September 2025. \
                John Smith, the federation's chair, said: "We were promised smaller classes in Paris in 2015."
                """,
            name: "Members of the Teachers' Federation of Alba (TFA) to march on 1 May",
            stops: [
                "edinburgh 2027-05-01T11:00:00 Edinburgh GB Europe/London",
                "glasgow 2027-05-01T11:00:00 Glasgow GB Europe/London",
                "aberdeen 2027-05-01T11:00:00 Aberdeen GB Europe/London",
            ],
            parties: [
                "affiliated organisation Teachers' Federation of Alba",
                "organizer community Members of the Teachers' Federation of Alba",
            ]),
        AnnouncementCase(
            text: """
                Marches for clean air

                Marches for clean air will take place on April 9 and 10 in Kraków, Łódź, Budapest and Sofia, organisers \
                said on 2 March 2027. In the Polish cities the marches start at noon.

                The campaign is organised by the Clean Air Network (CAN) and supported by the Green Fund.
                """,
            name: "Marches for clean air",
            stops: [
                "krakow 2027-04-09..2027-04-10 Kraków PL Europe/Warsaw",
                "lodz 2027-04-09..2027-04-10 Łódź PL Europe/Warsaw",
                "budapest 2027-04-09..2027-04-10 Budapest HU Europe/Budapest",
                "sofia 2027-04-09..2027-04-10 Sofia BG Europe/Sofia",
            ],
            parties: ["organizer organisation Clean Air Network", "sponsor organisation Green Fund"],
            codes: ["day-assignment-unstated", "year-inferred"]),
        AnnouncementCase(
            text: """
                Street Market

                The street market will be held on Saturday, 8 May 2027 in Mobile, Alabama and in Reading, England. It \
                will also be held in Nice. Stalls can be booked from March until the end of the month.
                """,
            name: "Street Market",
            stops: [
                "mobile 2027-05-08 Mobile US America/Chicago", "reading 2027-05-08 Reading GB Europe/London",
                "nice 2027-05-08 Nice FR Europe/Paris",
            ]),
        AnnouncementCase(
            text: """
                From: events@example.org
                To: all@example.org
                Subject: Evening lecture on lichens
                Date: Mon, 3 May 2027 09:12:00 +0200

                Dear all,

                Professor Ilse Brandt will give a lecture on lichens on Thursday 20 May at 6.30 pm in Room 12, \
                Botanical Institute, Freiburg, Germany.
                """,
            name: "Evening lecture on lichens", type: "EducationEvent",
            stops: ["main 2027-05-20T18:30:00 Freiburg DE Europe/Berlin"],
            parties: ["performer person Professor Ilse Brandt"], codes: ["year-inferred"]),
        AnnouncementCase(
            text: """
                Subject: Webinar: Growing Mushrooms at Home
                Date: 2027-02-11
                Time: 18:00-19:30 CET
                Where: Online
                Link: https://meet.example.org/mushrooms
                Speaker: Dr. Paula Venn, Institute of Mycology

                The webinar is free.
                """,
            name: "Webinar: Growing Mushrooms at Home", type: "EducationEvent",
            stops: ["main 2027-02-11T18:00:00..2027-02-11T19:30:00 Online Europe/Brussels"],
            parties: ["performer person Dr. Paula Venn"]),
        AnnouncementCase(
            text: """
                NOTICE OF PUBLIC HEARING

                The Planning Board of the City of Albany will hold a public hearing on Tuesday, January 12, 2027, at \
                7:00 p.m. in Room 106, City Hall, 24 Eagle Street, Albany, New York 12207, to consider the zoning \
                proposal submitted on November 3, 2026.
                """,
            name: "NOTICE OF PUBLIC HEARING", stops: ["main 2027-01-12T19:00:00 Albany US America/New_York"],
            parties: ["organizer organisation Planning Board of the City of Albany"]),
        AnnouncementCase(
            text: """
                School walks in four capitals

                On March 8, school walks will be held in London, Lisbon, Vienna and Washington, D.C. The walks are \
                organised by the Walk Network.

                In November 2026, 20,000 children took part in similar walks in Santiago and Mexico City.
                """,
            name: "School walks in four capitals",
            stops: [
                "london 2027-03-08 London GB Europe/London", "lisbon 2027-03-08 Lisbon PT Europe/Lisbon",
                "vienna 2027-03-08 Vienna AT Europe/Vienna", "washington 2027-03-08 Washington US America/New_York",
            ],
            parties: ["organizer organisation Walk Network"], codes: ["year-inferred"]),
        AnnouncementCase(
            text: """
                Concert for the River

                On 9 May 2027, between 3 and 5 p.m., the Choir of the Free University will sing in front of the \
                Brandenburg Gate in Berlin, Germany. The choir, founded in 1950, sang in Rome in May 2026.
                """,
            name: "Concert for the River", type: "MusicEvent",
            stops: ["main 2027-05-09T15:00:00..2027-05-09T17:00:00 Berlin DE Europe/Berlin"],
            parties: ["organizer organisation Choir of the Free University"]),
        AnnouncementCase(
            text: """
                Conference on cycle paths

                The National Union of Cyclists (NUC) and the Pedestrian Forum (PF) will jointly hold a conference in \
                Lebanon, Tennessee, and in Lebanon, Pennsylvania, on 7 May 2027, 9:30-16:00.
                """,
            name: "Conference on cycle paths",
            stops: [
                "lebanon 2027-05-07T09:30:00..2027-05-07T16:00:00 Lebanon US America/Chicago",
                "lebanon-2 2027-05-07T09:30:00..2027-05-07T16:00:00 Lebanon US America/New_York",
            ],
            parties: ["organizer organisation National Union of Cyclists", "organizer organisation Pedestrian Forum"]),
        AnnouncementCase(
            text: """
                Exhibition: Maps of Nowhere

                Opening: Friday 3 September 2027, 7 pm
                On view: 4 September - 30 October 2027
                Location: Kunsthalle, Museumsplatz 1, 1070 Vienna
                """,
            name: "Exhibition: Maps of Nowhere", type: "ExhibitionEvent",
            stops: ["main 2027-09-04..2027-10-30 Vienna AT Europe/Vienna"]),
    ]
}
