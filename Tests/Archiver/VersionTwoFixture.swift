/// An archive as version 2 of its tables wrote it: a party with a rescheduling, a stale and an unchanged update, one that
/// was held and released and one that waits; a file of two events, of which one is withdrawn; a cancellation of an event
/// that is not known; an event that was forgotten, and one of two of a file. Never changed: a change of the tables is a new
/// migration, and this file must still open.
enum VersionTwoFixture {
    static let statements = [
        """
        CREATE TABLE deliveries (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL, file BLOB NOT NULL, sha256 TEXT NOT NULL,
            byte_count INTEGER NOT NULL, format TEXT, submitter INTEGER NOT NULL,
            publisher TEXT NOT NULL, received_at INTEGER NOT NULL, settled_at INTEGER NOT NULL,
            outcome TEXT NOT NULL, reason TEXT NOT NULL,
            history INTEGER NOT NULL, history_count INTEGER NOT NULL,
            finding INTEGER NOT NULL, finding_count INTEGER NOT NULL,
            ruling TEXT, decided_by INTEGER, decided_at INTEGER, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO deliveries VALUES(1,'00000000010000000000000000',X'64726f702d312e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1001',6,'icalendar',1000,'',1790000000000001,1800000000000000,'accepted','\
        ',1,1,1,0,NULL,NULL,NULL,-345992683760501365)
        """,
        """
        INSERT INTO deliveries VALUES(2,'00000000020000000000000000',X'64726f702d322e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1002',6,'icalendar',1000,'',1790000000000002,1800000000000000,'accepted','\
        ',2,1,1,0,NULL,NULL,NULL,7144219082472935775)
        """,
        """
        INSERT INTO deliveries VALUES(3,'00000000030000000000000000',X'64726f702d332e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1003',6,'icalendar',1000,'',1790000000000003,1800000000000000,'accepted','\
        ',3,2,1,0,NULL,NULL,NULL,-8279632809093957864)
        """,
        """
        INSERT INTO deliveries VALUES(4,'00000000040000000000000000',X'64726f702d342e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1004',6,'icalendar',1000,'',1790000000000004,1800000000000000,'stale','a n\
        ewer revision of party is known (sequence 2, issued 2023-11-14T22:13:20Z); this one (sequence 0) is archived a\
        nd changes nothing',5,1,1,1,NULL,NULL,NULL,8589124126290143213)
        """,
        """
        INSERT INTO deliveries VALUES(5,'00000000050000000000000000',X'64726f702d352e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1005',6,'icalendar',1000,'',1790000000000005,1800000000000000,'unchanged',\
        '',6,1,2,0,NULL,NULL,NULL,-7856500215448997720)
        """,
        """
        INSERT INTO deliveries VALUES(6,'00000000060000000000000000',X'64726f702d362e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1006',6,'icalendar',1000,'',1790000000000006,1800000000000000,'held','the \
        current revision of party has the same order (sequence 2, issued 2023-11-14T22:13:20Z) and another content; ra\
        ise the sequence of the right one, or say in the update what it is to the event, with a higher sequence or a l\
        ater issue date, and drop it again; or an administrator accepts it as it is with "tidings release"',7,0,2,1,NU\
        LL,NULL,NULL,-7921688881696866138)
        """,
        """
        INSERT INTO deliveries VALUES(7,'00000000060000000000000000',X'64726f702d362e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1006',6,'icalendar',1000,'',1790000000000006,1800000000000000,'accepted','\
        ',7,1,3,0,'accept',501,7,-6787295206003357176)
        """,
        """
        INSERT INTO deliveries VALUES(8,'00000000070000000000000000',X'64726f702d372e696373','aaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1007',6,'icalendar',1000,'',1790000000000007,1800000000000000,'accepted','\
        ',8,1,3,1,NULL,NULL,NULL,-846432986015121815)
        """,
        """
        INSERT INTO deliveries VALUES(10,'00000000090000000000000000',X'','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaa1009',6,'icalendar',1000,'',1790000000000009,1800000000000000,'accepted','',10,2,4,0,NULL,NUL\
        L,NULL,-1766696986324809280)
        """,
        """
        INSERT INTO deliveries VALUES(11,'000000000A0000000000000000',X'64726f702d31302e696373','aaaaaaaaaaaaaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1010',7,'icalendar',1000,'',1790000000000010,1800000000000000,'held','t\
        he current revision of party has the same order (sequence 2) and another content; raise the sequence of the ri\
        ght one, or say in the update what it is to the event, with a higher sequence or a later issue date, and drop \
        it again; or an administrator accepts it as it is with "tidings release"',12,0,4,1,NULL,NULL,NULL,-73676332871\
        48385796)
        """,
        "CREATE TABLE contents (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL, digest INTEGER NOT NULL) STRICT",
        "INSERT INTO contents VALUES(1,X'64726f702031',-5588389493085195179)",
        "INSERT INTO contents VALUES(2,X'64726f702032',1613595984915280351)",
        "INSERT INTO contents VALUES(3,X'64726f702033',-5781267906275106467)",
        "INSERT INTO contents VALUES(4,X'64726f702034',-4026626929416901287)",
        "INSERT INTO contents VALUES(5,X'64726f702035',-4157305714249269747)",
        "INSERT INTO contents VALUES(7,X'64726f702036',-5026486444297812261)",
        "INSERT INTO contents VALUES(8,X'64726f702037',-8845315483702135534)",
        """
        CREATE TABLE events (
            n INTEGER PRIMARY KEY, uid TEXT NOT NULL, owner TEXT NOT NULL, revision INTEGER NOT NULL,
            state_row INTEGER NOT NULL, is_tombstone INTEGER NOT NULL, status TEXT NOT NULL,
            name TEXT NOT NULL, visibility TEXT NOT NULL, starts TEXT, ends TEXT, places TEXT NOT NULL,
            sequence INTEGER, issued_at INTEGER, publisher TEXT NOT NULL, format TEXT NOT NULL,
            content_hash BLOB NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO events VALUES(1,'party','',3,7,0,'rescheduled','Other','public','2027-05-02T19:00:00','2027-05-02T\
        19:00:00','Bern',2,NULL,'','icalendar',X'046b6ab44c768b6b9835ec1a1453f3a4dec36c9ebf41c7ec480420120c714fb8',-14\
        89587591757224553)
        """,
        """
        INSERT INTO events VALUES(2,'first','',1,3,0,'scheduled','May party','public','2027-05-03T19:00:00','2027-05-0\
        3T19:00:00','Bern',NULL,NULL,'','icalendar',X'3415f2c022b0572f88f0489a81d76a8c592f670ef4d34fade086584af1585fe9\
        ',5051311487798294828)
        """,
        """
        INSERT INTO events VALUES(3,'second','',1,4,0,'scheduled','May party','public','2027-05-04T19:00:00','2027-05-\
        04T19:00:00','Bern',NULL,NULL,'','icalendar',X'0bd9827d414e46683c759aa469cf353f6b404e7ceb7e9860b713f93a8a35c68\
        d',417495775621982824)
        """,
        """
        INSERT INTO events VALUES(4,'unknown','',1,8,1,'cancelled','May party','public',NULL,NULL,'',NULL,NULL,'','ica\
        lendar',X'c581d32c49634afda6b160f5c697d72b6451e031d57ca50ea16dac04afebf9d7',6210084767019770512)
        """,
        """
        INSERT INTO events VALUES(6,'third','',1,10,0,'scheduled','May party','public','2027-05-06T19:00:00','2027-05-\
        06T19:00:00','Bern',NULL,NULL,'','icalendar',X'df0b62501f6549f2ca118f9f8bd082be568aebd12a27ed7dc49e21c478433d8\
        1',9075075922084158658)
        """,
        """
        CREATE TABLE history (
            n INTEGER PRIMARY KEY, event INTEGER NOT NULL, delivery INTEGER NOT NULL,
            intent TEXT NOT NULL, revision INTEGER NOT NULL, sequence INTEGER, issued_at INTEGER,
            publisher TEXT NOT NULL, format TEXT NOT NULL, content_hash BLOB NOT NULL,
            state BLOB, evidence BLOB, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO history VALUES(1,1,1,'new',1,1,NULL,'','icalendar',X'13fdeb2da505de5dce3c2ff63cfe9334a99272c1b5564\
        1cbca05e268999e7abb',CAST('{"schema":"tidings/1","kind":"announce","uid":"party","uidOrigin":"stated","receive\
        dAt":"1970-01-01T00:00:00Z","references":[],"status":"scheduled","name":{"text":"May party","language":"en"},"\
        language":"","type":"Event","occurrences":[{"id":"1","when":{"start":"2027-05-01T19:00:00","precision":"minute\
        ","recurrenceDates":[],"exceptionDates":[]},"previousStarts":[],"place":{"name":"Old hall","kind":"venue","loc\
        ality":"Bern"},"dayAssignment":"each"}],"parties":[],"attendanceMode":"offline","visibility":"public","links":\
        [],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[]}' AS BLOB\
        ),CAST('{"schema":"tidings/1","kind":"announce","uid":"","uidOrigin":"stated","receivedAt":"1970-01-01T00:00:0\
        0Z","references":[],"status":"scheduled","name":{"text":"","language":""},"language":"","type":"Event","occurr\
        ences":[],"parties":[],"attendanceMode":"offline","visibility":"public","links":[],"categories":[],"source":{"\
        mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[{"fieldPath":"name","basis":"inferred","r\
        ule":"headline","byteRanges":[[1,4]],"confidence":0.5}]}' AS BLOB),4535005838267045778)
        """,
        """
        INSERT INTO history VALUES(2,1,2,'rescheduled',2,2,1700000000000000,'','icalendar',X'8247105203c55ad16e28d9670\
        6601186214e633b5aa0690cee1c0ae8809d27c7',CAST('{"schema":"tidings/1","kind":"announce","uid":"party","uidOrigi\
        n":"stated","issuedAt":"2023-11-14T22:13:20Z","receivedAt":"1970-01-01T00:00:00Z","references":[],"status":"re\
        scheduled","name":{"text":"May party","language":"en"},"language":"","type":"Event","occurrences":[{"id":"1","\
        when":{"start":"2027-05-02T19:00:00","precision":"minute","recurrenceDates":[],"exceptionDates":[]},"previousS\
        tarts":["2027-05-01T19:00:00"],"place":{"name":"Old hall","kind":"venue","locality":"Bern"},"dayAssignment":"e\
        ach"}],"parties":[],"attendanceMode":"offline","visibility":"public","links":[],"categories":[],"source":{"med\
        iaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[]}' AS BLOB),NULL,6827300226580807860)
        """,
        """
        INSERT INTO history VALUES(3,2,3,'new',1,NULL,NULL,'','icalendar',X'3415f2c022b0572f88f0489a81d76a8c592f670ef4\
        d34fade086584af1585fe9',CAST('{"schema":"tidings/1","kind":"announce","uid":"first","uidOrigin":"stated","rece\
        ivedAt":"1970-01-01T00:00:00Z","references":[],"status":"scheduled","name":{"text":"May party","language":"en"\
        },"language":"","type":"Event","occurrences":[{"id":"1","when":{"start":"2027-05-03T19:00:00","precision":"min\
        ute","recurrenceDates":[],"exceptionDates":[]},"previousStarts":[],"place":{"name":"Old hall","kind":"venue","\
        locality":"Bern"},"dayAssignment":"each"}],"parties":[],"attendanceMode":"offline","visibility":"public","link\
        s":[],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[]}' AS B\
        LOB),NULL,923125434460085132)
        """,
        """
        INSERT INTO history VALUES(4,3,3,'new',1,NULL,NULL,'','icalendar',X'0bd9827d414e46683c759aa469cf353f6b404e7ceb\
        7e9860b713f93a8a35c68d',CAST('{"schema":"tidings/1","kind":"announce","uid":"second","uidOrigin":"stated","rec\
        eivedAt":"1970-01-01T00:00:00Z","references":[],"status":"scheduled","name":{"text":"May party","language":"en\
        "},"language":"","type":"Event","occurrences":[{"id":"1","when":{"start":"2027-05-04T19:00:00","precision":"mi\
        nute","recurrenceDates":[],"exceptionDates":[]},"previousStarts":[],"place":{"name":"Old hall","kind":"venue",\
        "locality":"Bern"},"dayAssignment":"each"}],"parties":[],"attendanceMode":"offline","visibility":"public","lin\
        ks":[],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[]}' AS \
        BLOB),NULL,-3923368394259582724)
        """,
        """
        INSERT INTO history VALUES(5,1,4,'stale',2,0,NULL,'','icalendar',X'13fdeb2da505de5dce3c2ff63cfe9334a99272c1b55\
        641cbca05e268999e7abb',NULL,NULL,-5631223844757620910)
        """,
        """
        INSERT INTO history VALUES(6,1,5,'unchanged',2,2,NULL,'','icalendar',X'45a35fb8258ee79a3cfb789be78df1fb684ac87\
        4f42114da2f68a470ad58e3f1',NULL,NULL,2134120933388745886)
        """,
        """
        INSERT INTO history VALUES(7,1,7,'corrected',3,2,NULL,'','icalendar',X'046b6ab44c768b6b9835ec1a1453f3a4dec36c9\
        ebf41c7ec480420120c714fb8',CAST('{"schema":"tidings/1","kind":"announce","uid":"party","uidOrigin":"stated","r\
        eceivedAt":"1970-01-01T00:00:00Z","references":[],"status":"rescheduled","name":{"text":"Other","language":"en\
        "},"language":"","type":"Event","occurrences":[{"id":"1","when":{"start":"2027-05-02T19:00:00","precision":"mi\
        nute","recurrenceDates":[],"exceptionDates":[]},"previousStarts":["2027-05-01T19:00:00"],"place":{"name":"Old \
        hall","kind":"venue","locality":"Bern"},"dayAssignment":"each"}],"parties":[],"attendanceMode":"offline","visi\
        bility":"public","links":[],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{\
        },"evidence":[]}' AS BLOB),NULL,-5204814733727592399)
        """,
        """
        INSERT INTO history VALUES(8,4,8,'cancelled',1,NULL,NULL,'','icalendar',X'c581d32c49634afda6b160f5c697d72b6451\
        e031d57ca50ea16dac04afebf9d7',CAST('{"schema":"tidings/1","kind":"cancel","uid":"unknown","uidOrigin":"stated"\
        ,"receivedAt":"1970-01-01T00:00:00Z","references":[],"status":"cancelled","name":{"text":"May party","language\
        ":"en"},"language":"","type":"Event","occurrences":[],"parties":[],"attendanceMode":"offline","visibility":"pu\
        blic","links":[],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence\
        ":[]}' AS BLOB),NULL,4105119689496150334)
        """,
        """
        INSERT INTO history VALUES(10,6,10,'new',1,NULL,NULL,'','icalendar',X'df0b62501f6549f2ca118f9f8bd082be568aebd1\
        2a27ed7dc49e21c478433d81',CAST('{"schema":"tidings/1","kind":"announce","uid":"third","uidOrigin":"stated","re\
        ceivedAt":"1970-01-01T00:00:00Z","references":[],"status":"scheduled","name":{"text":"May party","language":"e\
        n"},"language":"","type":"Event","occurrences":[{"id":"1","when":{"start":"2027-05-06T19:00:00","precision":"m\
        inute","recurrenceDates":[],"exceptionDates":[]},"previousStarts":[],"place":{"name":"Old hall","kind":"venue"\
        ,"locality":"Bern"},"dayAssignment":"each"}],"parties":[],"attendanceMode":"offline","visibility":"public","li\
        nks":[],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[]}' AS\
         BLOB),NULL,1194943706099978770)
        """,
        """
        INSERT INTO history VALUES(11,0,10,'stale',1,NULL,NULL,'','icalendar',X'',NULL,NULL,4367422908072456890)
        """,
        """
        CREATE TABLE findings (
            n INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, field TEXT NOT NULL,
            position INTEGER, message TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO findings VALUES(1,'stale-revision','warning','sequence',0,'a newer revision of party is known (seq\
        uence 2, issued 2023-11-14T22:13:20Z); this one (sequence 0) is archived and changes nothing',4352818225845023\
        876)
        """,
        """
        INSERT INTO findings VALUES(2,'revision-conflict','held','sequence',0,'the current revision of party has the s\
        ame order (sequence 2, issued 2023-11-14T22:13:20Z) and another content; raise the sequence of the right one, \
        or say in the update what it is to the event, with a higher sequence or a later issue date, and drop it again;\
         or an administrator accepts it as it is with "tidings release"',-2111851655904928403)
        """,
        """
        INSERT INTO findings VALUES(3,'cancel-unknown-target','warning','uid',0,'unknown is cancelled before it was an\
        nounced; the cancellation is kept, so that an older announcement does not bring it back',2762699258730010954)
        """,
        """
        INSERT INTO findings VALUES(4,'revision-conflict','held','sequence',0,'the current revision of party has the s\
        ame order (sequence 2) and another content; raise the sequence of the right one, or say in the update what it \
        is to the event, with a higher sequence or a later issue date, and drop it again; or an administrator accepts \
        it as it is with "tidings release"',7122776025781203140)
        """,
        """
        CREATE TABLE withdrawals (
            n INTEGER PRIMARY KEY, event INTEGER NOT NULL, decided_by INTEGER NOT NULL,
            decided_at INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO withdrawals VALUES(1,2,501,8,3172909660173599423)",
        """
        CREATE TABLE forgotten (
            n INTEGER PRIMARY KEY, kind TEXT NOT NULL, hash BLOB NOT NULL, decided_by INTEGER NOT NULL,
            decided_at INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO forgotten VALUES(1,'content',X'09d3cc3b02475d171381fdb391da0329dc6b632ad0b65434c4d0b4f826ee2ad3',5\
        01,9,-649142524075615736)
        """,
        """
        INSERT INTO forgotten VALUES(2,'bytes',CAST('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1008'\
         AS BLOB),501,9,-8119748852640986339)
        """,
        """
        INSERT INTO forgotten VALUES(3,'uid',X'2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b',501,9\
        ,-7055031861587088355)
        """,
        """
        INSERT INTO forgotten VALUES(4,'content',X'1c35c5a3a091b7a18b2b9cbd04826093016a68e0cccc3846de9f4712050944c9',5\
        01,9,-5234005622340943824)
        """,
        """
        INSERT INTO forgotten VALUES(5,'uid',X'dc81b1d371a4072be7fcfc3e1939f5bddae8bdc168846a50a78face975b9af63',501,9\
        ,-2116131163311997332)
        """,
        """
        INSERT INTO forgotten VALUES(6,'bytes',CAST('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1009'\
         AS BLOB),501,9,966620192219649457)
        """,
        "CREATE INDEX deliveries_by_id ON deliveries (id)",
        "CREATE UNIQUE INDEX events_by_uid ON events (uid)",
        "CREATE INDEX history_by_event ON history (event)",
        "CREATE UNIQUE INDEX withdrawals_by_event ON withdrawals (event)",
        "CREATE UNIQUE INDEX forgotten_by_hash ON forgotten (hash, kind)",
    ]
}
