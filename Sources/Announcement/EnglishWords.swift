extension TextLanguage {
    /// English.
    static let english = TextLanguage(
        code: "en", words: table(englishWords), labels: labels(englishLabels), banners: englishBanners,
        closings: englishClosings, types: englishTypes, zones: englishZones)

    private static let englishWords: [(WordRole, String)] = [
        // Time.
        (
            [.month, .common],
            """
            january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11 \
            december=12
            """
        ),
        ([.month, .abbreviation], "jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12"),
        (
            [.weekday, .common],
            "sunday=0 monday=1 tuesday=2 wednesday=3 thursday=4 friday=5 saturday=6"
        ),
        (
            [.weekday, .abbreviation],
            "sun=0 mon=1 tue=2 tues=2 wed=3 thu=4 thur=4 thurs=4 fri=5 sat=6"
        ),
        (.number, "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12"),
        (.ordinalSuffix, "st nd rd th"),
        (.meridiem, "am=0 pm=12"),
        (.timeWord, "noon=12 midday=12"),
        (.weekdays, "sundays mondays tuesdays wednesdays thursdays fridays saturdays weekends"),
        (.dayNoun, "day days"),
        (.consecutive, "consecutive straight successive"),
        (.rangeWord, "to until till through thru"),
        (.dative, "on"),
        (.timeZone, "gmt utc bst cet cest eet eest wet west est edt et cst cdt ct mst mdt mt pst pdt pt"),

        // Verbs.
        ([.future, .common], "will shall"),
        (.future, "scheduled planned slated due upcoming forthcoming"),
        ([.auxiliary, .common], "is are be being been was were"),
        (
            .holding,
            """
            held hold holds holding staged stage stages staging host hosts hosting hosted organise organize organises \
            organizes organising organizing open opens opening gather gathers gathering assemble assembles \
            rally march demonstrate perform performs performing present presents presenting run runs running tour tours \
            touring convene convenes meet meets celebrate celebrates celebrating begin begins start starts end ends finish finishes conclude concludes kicks kick \
            offer offers visit visits visiting stop stops screen screens give gives speak speaks read reads play plays \
            return returns conduct conducts continues continue sing sings discuss discusses taking happening given \
            delivered performed presented offered protest parade
            """
        ),
        (.takes, "take takes taking"),
        (.beginning, "begin begins beginning start starts starting commence commences commencing kicks"),
        (.invitation, "invite invites invited invitation join welcome welcomes come attend please"),
        (
            .past,
            """
            was were had took erupted began founded established died happened occurred launched started born won met \
            attended killed demonstrated drew gathered marked opened closed ended created built published released \
            issued announced reported became visited premiered formed elected introduced imposed shook passed saw \
            celebrated returned signed adopted inaugurated wrote said sank painted unveiled
            """
        ),
        (
            .background,
            "since during anniversary commemorating commemoration founded established born built previous last"
        ),
        (
            .deadline,
            """
            by before deadline register registration rsvp apply applications submit submission submissions tickets \
            ticket sale bookings booking reserve reservations latest closes closing expires sold
            """
        ),
        (.organising, "organised organized hosted presented arranged run led coordinated convened staged"),
        (.sponsoring, "sponsored funded supported cosponsored"),
        ([.by, .common], "by"),
        ([.possessiveOf, .connector, .common], "of"),
        (
            .headlineVerb,
            """
            returns comes hosts holds opens presents celebrates marks announces launches to invites welcomes brings \
            hold open host tour tours marches rallies stages plays performs goes set cancelled canceled postponed \
            rescheduled
            """
        ),
        (.entitled, "entitled titled called"),

        // Things.
        (
            .eventNoun,
            """
            event events rally rallies march marches protest protests demonstration demonstrations vigil vigils concert \
            concerts festival festivals exhibition exhibitions exhibit hearing hearings tour tours reading readings \
            lecture lectures seminar seminars talk talks workshop workshops conference conferences meeting meetings \
            symposium colloquium fair fairs market markets show shows performance performances screening screenings \
            premiere recital recitals gala parade parades ceremony celebration celebrations congress forum summit \
            debate panel discussion session sessions gathering gatherings race marathon tournament match game class \
            course launch party picnic ball dance opera play ballet campaign consultation assembly biennale \
            carnival convention competition retreat webinar evening night series dates stops stop performance
            """
        ),
        (
            .talk,
            "lecture lectures seminar talk colloquium reading keynote speech presentation recital concert performance"
        ),
        (
            .community,
            """
            supporters communities community residents students members workers volunteers activists fans families \
            parents neighbours neighbors citizens campaigners friends teachers nurses farmers musicians artists \
            cyclists readers alumni
            """
        ),
        (
            .organisation,
            """
            organization organisation council union association society foundation institute committee party federation \
            network alliance league club centre center museum university choir orchestra theatre theater group front \
            movement congress agency trust fund coalition chamber academy school college guild forum library ministry \
            department office campaign commission company cooperative collective ensemble philharmonic \
            gallery board authority service initiative partnership conservatory opera ballet quartet press festival \
            laboratory city district parish
            """
        ),
        (
            .venue,
            """
            hall room auditorium theatre theater centre center museum gallery square park church cathedral chapel library \
            stadium arena building floor wing campus school college university house palace plaza garden gardens pavilion \
            studio club cafe bar pub hotel castle market station pier harbour harbor bridge chamber courtroom court \
            stage lounge tower embassy parliament bookshop bookstore academy conservatory opera forum institute \
            ballroom lobby atrium suite mall tent field terrace amphitheatre amphitheater dome synagogue mosque temple \
            barn mill brewery warehouse quay dock hangar clubhouse gymnasium gym gate monument memorial statue fountain bandstand lido farm headquarters beach kino cinema teatro sala museo kunsthalle filmhaus rathaus saal gemeindesaal halle haus casa palais palazzo piazza centro theatre hut shed
            """
        ),
        (
            .street,
            """
            street st road rd avenue ave lane ln square sq boulevard blvd drive place way court terrace row rue via \
            viale calle platz strasse weg gasse straat plein laan corso strada allee ulica utca gade vej paseo carrer avinguda boulevard plaza piazza quai quay embankment rua avenida \
            highway parkway crescent
            """
        ),
        (
            .accompanying,
            "doors door coffee reception refreshments registration checkin lunch breakfast parking tea dinner"
        ),
        ([.honorific, .abbreviation], "dr prof mr mrs ms rev hon sir"),
        (.honorific, "professor doctor"),
        (.abbreviation, "st no vs dept approx inc ltd bldg ave rd blvd"),

        // Small words.
        ([.conjunction, .connector, .common], "and"),
        ([.article, .common], "the"),
        (.article, "a an this these that our its their"),
        (.connector, "for de la le les des du da di del della den der van von und et y e i on"),
        (.locative, "in at outside near inside"),
        (.each, "each every both all daily"),
        (.also, "also additional additionally further another"),
        (.pronoun, "it this these they we"),

        // What became of it.
        ([.conditional, .common], "if unless should"),
        (.conditional, "may might could case whether would possibly potentially risk threat"),
        (.negation, "not never no without rumours rumors false denies deny"),
        (.cancelled, "cancelled canceled cancellation"),
        (.postponed, "postponed postponement delayed"),
        (.rescheduled, "rescheduled"),
        (.moved, "moved moves moving move shifted switched switches"),
        (.new, "new revised"),
        (.online, "online virtual virtually livestream livestreamed webinar zoom livestreaming"),
        (.embargo, "embargo embargoed"),
        (
            .common,
            "when where venue speaker with from for this that which who have has not at in on to or their our you we can about"
        ),
    ]
}
