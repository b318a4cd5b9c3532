/// An archive as version 1 of its tables wrote it: a party, its rescheduling and its original again. Never changed: a
/// change of the tables is a new migration, and this file must still open.
enum VersionOneFixture {
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
        INSERT INTO deliveries VALUES(1,'00000000010000000000000000',X'64726f702d312e696373','aaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1001',6,'icalendar',1000,'',1790000000000001,1\
        800000000000000,'accepted','',1,1,1,0,NULL,NULL,NULL,-345992683760501365)
        """,
        """
        INSERT INTO deliveries VALUES(2,'00000000020000000000000000',X'64726f702d322e696373','aaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1002',6,'icalendar',1000,'',1790000000000002,1\
        800000000000000,'accepted','',2,1,1,0,NULL,NULL,NULL,7144219082472935775)
        """,
        """
        INSERT INTO deliveries VALUES(3,'00000000030000000000000000',X'64726f702d332e696373','aaaaaaaaaa\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1003',6,'icalendar',1000,'',1790000000000003,1\
        800000000000000,'stale','a newer revision of party is known (sequence 1); this one (sequence 0)\
         is archived and changes nothing',3,1,1,1,NULL,NULL,NULL,-6795557328486702500)
        """,
        """
        CREATE TABLE contents (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL, digest INTEGER NOT NULL) STRI\
        CT
        """,
        """
        INSERT INTO contents VALUES(1,X'64726f702031',-5588389493085195179)
        """,
        """
        INSERT INTO contents VALUES(2,X'64726f702032',1613595984915280351)
        """,
        """
        INSERT INTO contents VALUES(3,X'64726f702033',-5781267906275106467)
        """,
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
        INSERT INTO events VALUES(1,'party','',2,2,0,'rescheduled','May party','public','2027-05-02T19:0\
        0:00','2027-05-02T19:00:00','Bern',1,NULL,'','icalendar',X'45a35fb8258ee79a3cfb789be78df1fb684ac\
        874f42114da2f68a470ad58e3f1',4903585604859334080)
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
        INSERT INTO history VALUES(1,1,1,'new',1,0,NULL,'','icalendar',X'13fdeb2da505de5dce3c2ff63cfe933\
        4a99272c1b55641cbca05e268999e7abb',CAST('{"schema":"tidings/1","kind":"announce","uid":"party","\
        uidOrigin":"stated","receivedAt":"1970-01-01T00:00:00Z","references":[],"status":"scheduled","na\
        me":{"text":"May party","language":"en"},"language":"","type":"Event","occurrences":[{"id":"1","\
        when":{"start":"2027-05-01T19:00:00","precision":"minute","recurrenceDates":[],"exceptionDates":\
        []},"previousStarts":[],"place":{"name":"Old hall","kind":"venue","locality":"Bern"},"dayAssignm\
        ent":"each"}],"parties":[],"attendanceMode":"offline","visibility":"public","links":[],"categori\
        es":[],"source":{"mediaType":"","sha256":"","byteCount":0},"extensions":{},"evidence":[]}' AS BL\
        OB),NULL,-1403288693936222307)
        """,
        """
        INSERT INTO history VALUES(2,1,2,'rescheduled',2,1,NULL,'','icalendar',X'45a35fb8258ee79a3cfb789\
        be78df1fb684ac874f42114da2f68a470ad58e3f1',CAST('{"schema":"tidings/1","kind":"announce","uid":"\
        party","uidOrigin":"stated","receivedAt":"1970-01-01T00:00:00Z","references":[],"status":"resche\
        duled","name":{"text":"May party","language":"en"},"language":"","type":"Event","occurrences":[{\
        "id":"1","when":{"start":"2027-05-02T19:00:00","precision":"minute","recurrenceDates":[],"except\
        ionDates":[]},"previousStarts":["2027-05-01T19:00:00"],"place":{"name":"Old hall","kind":"venue"\
        ,"locality":"Bern"},"dayAssignment":"each"}],"parties":[],"attendanceMode":"offline","visibility\
        ":"public","links":[],"categories":[],"source":{"mediaType":"","sha256":"","byteCount":0},"exten\
        sions":{},"evidence":[]}' AS BLOB),NULL,-2201913040279702102)
        """,
        """
        INSERT INTO history VALUES(3,1,3,'stale',2,0,NULL,'','icalendar',X'13fdeb2da505de5dce3c2ff63cfe9\
        334a99272c1b55641cbca05e268999e7abb',NULL,NULL,6349259661256446465)
        """,
        """
        CREATE TABLE findings (
            n INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, field TEXT NOT NULL,
            position INTEGER, message TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO findings VALUES(1,'stale-revision','warning','sequence',0,'a newer revision of party\
         is known (sequence 1); this one (sequence 0) is archived and changes nothing',77910580923649425\
        43)
        """,
        """
        CREATE INDEX deliveries_by_id ON deliveries (id)
        """,
        """
        CREATE UNIQUE INDEX events_by_uid ON events (uid)
        """,
        """
        CREATE INDEX history_by_event ON history (event)
        """,
    ]
}
