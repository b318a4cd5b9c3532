/// An archive as version 6 of its tables wrote it: a party, and a change of its day that waits for a person. Never changed: a
/// change of the tables is a new migration, and this file must still open.
enum VersionSixFixture {
    static let statements = [
        """
        CREATE TABLE bases (
            event INTEGER NOT NULL, source INTEGER NOT NULL, hash BLOB NOT NULL, content INTEGER, sequence INTEG\
        ER,
            issued_at INTEGER, is_restamped INTEGER NOT NULL, delivery INTEGER NOT NULL, digest INTEGER NOT NULL\
        ,
            PRIMARY KEY (event, source)
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO "bases" VALUES(1,1,X'B1DF81BA9E4A2281D3730E1478CCD2D86BCD42E7E053C67A44CED2F2A4848567',1,0,1\
        767258000000000,0,1,1458895984641400369)
        """,
        """
        CREATE TABLE bytes (
            n INTEGER PRIMARY KEY, size INTEGER NOT NULL, body BLOB NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "bytes" VALUES(1,186,X'28B52FFD20BA55040002491D1C70C56D14ADB38F5DA6580B376C05338748367D19D2B\
        60C543DA26E04876CD9FBD8C4DEE7CF31F21889F459D33007F5A57ED33A124DB04510A51D2A323309F9274F0E50224D90FDF67C9\
        8DAC95B41743B1C08006016CA4A397CEFA50F0594152F961CA600A92FD5582F876CD9FBD8B4A82B43170206002F01F0500640BEA\
        DF207588D8395293D',-9058313894035564423)
        """,
        """
        CREATE TABLE contents (
            n INTEGER PRIMARY KEY, hash BLOB NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL, digest INTEGER\
         NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "contents" VALUES(1,X'B1DF81BA9E4A2281D3730E1478CCD2D86BCD42E7E053C67A44CED2F2A4848567',620,\
        X'28B52FFD606C01FD0B00561B4D23306DDB0686143FAD06A3753E898FED66816290D54A5E34F02795DDF944F06061608C034300\
        430042000D09BC53C5DAF4118149C2509285922C920203E5F83E58FAAC2A6D4F5FDAD9EE78DE655B43A45B3AC7AF7D4F57C58F31\
        E7F18B77E2E90A805B78D7F6F1D92844B9430100AA994568B3FD740385A1280B8164A1082401C777CB7687F0AC108AA7F36673A8\
        3DA5D8D39BF551385E9D483F453F5E977C0B27E3707C57681FC26B93CCBC85772F05785D8C4115E762EDCE4D8DE810957A7CB336\
        BCAC7307915C4FD1F5B13E0C930B87F0AA9271BA653FB8C7F689986D3BAA2AB43341FBF136C7335BB74A9BF374040644514302AF\
        8A75EDA34F118477CCD6B176853E4509BEF93104ED888360202021EEE98CDCA54D7BCC35B668A79AE0659EAE96713CE7F8482FB3\
        8E75FB3C5D7999C7833D1B00AF71C876948E0DF28462EA6B863C88C5722F29DCFDF22647A6D94268EC464BEE137F83EC57BB8145\
        EB7419BEA0358C0D5A23233F1CDD625086E28F0042FBA384557735C530F7',5137606803626104057)
        """,
        """
        INSERT INTO "contents" VALUES(2,X'1136FBF52EC4CB84933E7E9B3F1A76A00B1B786A070B1211BB888583B6571EEA',620,\
        X'28B52FFD606C01FD0B00561B4D23208DB60D60211BAD0EA3F54BC1EBB6F9BA64933C70BED2887F71E1CF09A0841080102B4300\
        430042008D08BC53C5DAF401818AC25814C5A228148282E5F836580AAD2A6D4F5FDAD9EE785E661B83A45B3EC7AF7D4F57C58F31\
        E7F18B57E2E90B806378D7F6F1E92844B94F0200AA9941A8B3FDF48285B15814018A62095016C777CB769FE05921134FE74DE793\
        F694624F6F5628E1787D24FD14FD7865F2319C4DC3F11DD1FE04AF4E72F316DEBD14785D6C4115E762EDCE4D8DE810957A7CB33A\
        CCAC7306925C4FD1F5B1424D930A9FE05565F374CB76708F2D1431DB7E5445B41341FBF13AC7335BB74ADBF3F403C643512302AF\
        8A752DA44FD104EF98AD63ED883E450ABEF9B1036D896340609110F77446EE52A73DE61A63B45349F0364F57DB38DE73BCA4B759\
        C7BA859EAEBCCDE3C11E1B00AF71C876948E0DF28462EA6B863C88C5722F29DCFDF22647A6D94268EC464BEE137F83EC57BB8145\
        EB7419BEA0358C0D5A23233F1CDD625086E28F0042FBA384557735C530F7',-1031784292818314887)
        """,
        """
        CREATE TABLE deliveries (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL, file BLOB NOT NULL, sha256 TEXT NOT NULL,
            byte_count INTEGER NOT NULL, format TEXT, submitter INTEGER NOT NULL, publisher TEXT NOT NULL,
            received_at INTEGER NOT NULL, bytes INTEGER, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "deliveries" VALUES(1,'01M8KHTFY8VQM10YHV2QCJB9QV',X'612E696373','71498e5f437226c29df7c34a11\
        1dd762d7b4d6e5717349d4e00a6127c6f088ea',186,'icalendar',0,'',1795952558024000,1,7675299899801555062)
        """,
        """
        INSERT INTO "deliveries" VALUES(2,'01M8KHTG6AV8YT42TXT7XVGQVV',X'622E696373','000b4f27aef6ce1beb6d51da3e\
        8e31c95a81cda3db4903e13f997c9387610adf',186,'icalendar',0,'',1795952558282000,NULL,1754801629596769737)
        """,
        """
        CREATE TABLE events (
            n INTEGER PRIMARY KEY, uid TEXT NOT NULL, owner TEXT NOT NULL, announcer INTEGER NOT NULL,
            revision INTEGER NOT NULL, is_tombstone INTEGER NOT NULL, status TEXT NOT NULL, name TEXT NOT NULL, \
        visibility TEXT NOT NULL,
            starts TEXT, ends TEXT, places TEXT NOT NULL, sequence INTEGER, issued_at INTEGER,
            publisher TEXT NOT NULL, submitter INTEGER NOT NULL, format TEXT NOT NULL, producer TEXT NOT NULL,
            content_hash BLOB NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "events" VALUES(1,'party','',0,1,0,'scheduled','Party','public','2031-03-11T19:00:00','2031-\
        03-11T19:00:00','Hall',0,1767258000000000,'',0,'icalendar','x',X'B1DF81BA9E4A2281D3730E1478CCD2D86BCD42E\
        7E053C67A44CED2F2A4848567',-7302576238666717767)
        """,
        """
        CREATE TABLE findings (
            n INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, field TEXT NOT NULL, line INTEGER\
        ,
            place INTEGER, message TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "findings" VALUES(1,'revision-conflict','held','sequence',6,10,'the current revision of part\
        y has the same order (sequence 0, issued 2026-01-01T09:00:00Z) and another content; raise the sequence o\
        f the right one, or an administrator accepts it with "tidings release" or throws it away with "tidings d\
        iscard"',2060530568257808057)
        """,
        """
        CREATE TABLE forgotten (
            n INTEGER PRIMARY KEY, kind TEXT NOT NULL, hash BLOB NOT NULL, decided_by INTEGER NOT NULL,
            decided_at INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE links (
            n INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, event INTEGER NOT NULL, former INTEGER,
            decided_by INTEGER NOT NULL, decided_at INTEGER NOT NULL, comment TEXT NOT NULL, digest INTEGER NOT \
        NULL
        ) STRICT
        """,
        """
        CREATE TABLE listed (
            list INTEGER NOT NULL, event INTEGER NOT NULL, stood_in INTEGER, digest INTEGER NOT NULL,
            PRIMARY KEY (list, event)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE lists (
            n INTEGER PRIMARY KEY, publisher TEXT NOT NULL, pattern TEXT NOT NULL, delivery INTEGER NOT NULL,
            question INTEGER, count INTEGER NOT NULL, last_asked INTEGER, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE log (
            n INTEGER PRIMARY KEY, time INTEGER NOT NULL, delivery INTEGER, item INTEGER, event INTEGER, uid TEX\
        T,
            revision INTEGER, intent TEXT, outcome TEXT NOT NULL, stage TEXT, code TEXT, message TEXT NOT NULL,
            sequence INTEGER, issued_at INTEGER, content_hash BLOB, ruling TEXT, decided_by INTEGER,
            decided_at INTEGER, comment TEXT NOT NULL, covers BLOB, finding INTEGER NOT NULL,
            finding_count INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "log" VALUES(1,1795952558027239,1,1,1,NULL,1,'new','accepted',NULL,NULL,'',0,176725800000000\
        0,NULL,NULL,NULL,NULL,'',NULL,1,0,-1052330747856437711)
        """,
        """
        INSERT INTO "log" VALUES(2,1795952558285172,2,1,1,NULL,NULL,NULL,'held',NULL,'revision-conflict','the cu\
        rrent revision of party has the same order (sequence 0, issued 2026-01-01T09:00:00Z) and another content\
        ; raise the sequence of the right one, or an administrator accepts it with "tidings release" or throws i\
        t away with "tidings discard"',0,1767258000000000,X'1136FBF52EC4CB84933E7E9B3F1A76A00B1B786A070B1211BB88\
        8583B6571EEA',NULL,NULL,NULL,'',NULL,1,1,4890722417036976344)
        """,
        """
        CREATE TABLE meta (n INTEGER PRIMARY KEY, name TEXT NOT NULL, value BLOB NOT NULL, digest INTEGER NOT NU\
        LL) STRICT
        """,
        """
        INSERT INTO "meta" VALUES(1,'log',X'3530663338653866326233636563646630633364363663666432376636363161',-9\
        217837330381402165)
        """,
        """
        INSERT INTO "meta" VALUES(2,'key',X'B8A94D64096EA14C853164B5A24E75BE287251BFE94DD5E19B2E9795DFF05CA7',16\
        11130910439284650)
        """,
        """
        CREATE TABLE questions (
            n INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, item INTEGER NOT NULL, event INTEGER NOT NULL,
            source INTEGER NOT NULL, code TEXT NOT NULL, hash BLOB NOT NULL, content INTEGER, sequence INTEGER,
            issued_at INTEGER, count INTEGER NOT NULL, last_asked INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "questions" VALUES(2,2,1,1,1,'revision-conflict',X'1136FBF52EC4CB84933E7E9B3F1A76A00B1B786A0\
        70B1211BB888583B6571EEA',2,0,1767258000000000,1,1795952558285172,-1418476239237748746)
        """,
        """
        CREATE TABLE revisions (
            event INTEGER NOT NULL, revision INTEGER NOT NULL, log INTEGER NOT NULL, statement_hash BLOB NOT NUL\
        L,
            content INTEGER NOT NULL, statement INTEGER, evidence_size INTEGER NOT NULL, evidence BLOB NOT NULL,
            digest INTEGER NOT NULL, PRIMARY KEY (event, revision)
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO "revisions" VALUES(1,1,1,X'B1DF81BA9E4A2281D3730E1478CCD2D86BCD42E7E053C67A44CED2F2A4848567'\
        ,1,1,0,X'',7187607019083380417)
        """,
        """
        CREATE TABLE sources (
            n INTEGER PRIMARY KEY, publisher TEXT NOT NULL, submitter INTEGER NOT NULL, vocabulary TEXT NOT NULL\
        ,
            producer TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO "sources" VALUES(1,'',0,'icalendar','x',-1057196558387558134)
        """,
        """
        CREATE TABLE suspensions (
            n INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, decided_by INTEGER NOT NULL,
            decided_at INTEGER NOT NULL, comment TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE withdrawals (
            event INTEGER PRIMARY KEY, decided_by INTEGER NOT NULL, decided_at INTEGER NOT NULL,
            digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX deliveries_by_id ON deliveries (id)
        """,
        """
        CREATE UNIQUE INDEX events_by_uid ON events (uid)
        """,
        """
        CREATE INDEX log_by_item ON log (delivery, item)
        """,
        """
        CREATE INDEX log_by_event ON log (event) WHERE event IS NOT NULL
        """,
        """
        CREATE INDEX log_by_uid ON log (uid) WHERE uid IS NOT NULL
        """,
        """
        CREATE INDEX log_held ON log (delivery) WHERE outcome = 'held'
        """,
        """
        CREATE INDEX questions_by_event ON questions (event)
        """,
        """
        CREATE INDEX questions_by_delivery ON questions (delivery)
        """,
        """
        CREATE UNIQUE INDEX forgotten_by_hash ON forgotten (hash, kind)
        """,
        """
        CREATE UNIQUE INDEX lists_by_name ON lists (publisher, pattern)
        """,
        """
        CREATE INDEX listed_missing ON listed (list) WHERE stood_in IS NOT NULL
        """,
        """
        CREATE INDEX log_lapsed ON log (delivery) WHERE outcome = 'lapsed' AND item = 0
        """,
    ]
}
