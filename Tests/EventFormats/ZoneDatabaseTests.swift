import EventFormats
import EventModel
import Foundation
import Testing

private func local(_ text: String) throws -> LocalDateTime {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    let date = try #require(LocalDate(year: numbers[0], month: numbers[1], day: numbers[2]))
    return try #require(LocalDateTime(date: date, hour: numbers[3], minute: numbers[4], second: numbers[5]))
}

private func hours(_ hours: Double) throws -> UTCOffset { try #require(UTCOffset(seconds: Int(hours * 3600))) }

@Suite struct ZoneDatabaseTests {
    let zones = ZoneDatabase.system

    @Test(arguments: [
        "Europe/Zurich", "America/Argentina/Buenos_Aires", "Etc/UTC", "UTC", "EST5EDT", "GMT", "Etc/GMT+1",
        "US/Eastern",
    ])
    func namesOfTheDatabaseAreKnown(_ name: String) { #expect(zones.isKnown(name)) }

    @Test(arguments: [
        "", "Z", "GMT+1", "UTC+11", "europe/zurich", "Europe", "Europe/", "/Europe/Zurich", "Europe/../Europe/Zurich",
        "../../../etc/passwd", "posix/Europe/Zurich", "right/Europe/Zurich", "localtime", "posixrules", "tzdata.zi",
        "zone.tab", "Mars/Olympus", "Pacific Standard Time", "Europe/Zurich\0", "Factory",
    ])
    func otherNamesAreNot(_ name: String) {
        #expect(!zones.isKnown(name))
        #expect(zones.utcOffset(at: Instant(microseconds: 0), in: name) == nil)
    }

    /// Once a name is missing the folder has been listed, and what it holds is known all the same.
    @Test func whatIsThereIsFoundAfterWhatIsMissing() {
        let zones = ZoneDatabase(directory: "/usr/share/zoneinfo")
        for name in ["Mars/Olympus", "Europe", "Mars/Olympus"] { #expect(!zones.isKnown(name)) }
        for name in ["Europe/Zurich", "America/Argentina/Buenos_Aires", "UTC"] { #expect(zones.isKnown(name)) }
    }

    @Test(arguments: [
        ("2026-07-01T12:00:00", "Europe/Zurich", 2.0), ("2026-01-01T12:00:00", "Europe/Zurich", 1),
        ("2026-01-01T12:00:00", "Asia/Kathmandu", 5.75), ("2026-01-01T12:00:00", "Etc/UTC", 0),
        ("2026-01-01T12:00:00", "America/St_Johns", -3.5), ("2045-07-01T12:00:00", "America/St_Johns", -2.5),
        ("2100-07-01T12:00:00", "America/New_York", -4), ("2026-12-01T12:00:00", "Australia/Lord_Howe", 11),
        ("2026-07-01T12:00:00", "Europe/Dublin", 1), ("2026-12-01T12:00:00", "Europe/Dublin", 0),
        // Where libical, reading the same files, is wrong.
        ("1977-11-17T17:00:00", "Europe/London", 0), ("1995-10-17T17:00:00", "Asia/Damascus", 2),
        ("2013-04-17T06:00:00", "Asia/Jerusalem", 3), ("2014-03-16T11:00:00", "America/Sao_Paulo", -3),
    ])
    func oneOffset(_ reading: String, _ zone: String, _ expected: Double) throws {
        #expect(try zones.offsets(of: local(reading), in: zone) == .one(hours(expected)))
    }

    @Test(arguments: [
        ("2026-03-29T02:30:00", "Europe/Zurich"), ("2026-03-08T02:00:00", "America/New_York"),
        ("2040-03-25T02:59:59", "Europe/Zurich"), ("2011-12-30T12:00:00", "Pacific/Apia"),
    ])
    func skippedReadings(_ reading: String, _ zone: String) throws {
        #expect(try zones.offsets(of: local(reading), in: zone) == .gap)
    }

    @Test(arguments: [
        ("2026-10-25T02:30:00", "Europe/Zurich", 2.0, 1.0), ("2026-11-01T01:00:00", "America/New_York", -4, -5),
        ("2039-10-30T02:00:00", "Europe/Zurich", 2, 1),
    ])
    func readingsShownTwice(_ reading: String, _ zone: String, _ first: Double, _ second: Double) throws {
        #expect(try zones.offsets(of: local(reading), in: zone) == .overlap(hours(first), hours(second)))
    }

    @Test func theBordersOfAChange() throws {
        #expect(try zones.offsets(of: local("2026-03-29T01:59:59"), in: "Europe/Zurich") == .one(hours(1)))
        #expect(try zones.offsets(of: local("2026-03-29T03:00:00"), in: "Europe/Zurich") == .one(hours(2)))
        #expect(try zones.offsets(of: local("2026-10-25T03:00:00"), in: "Europe/Zurich") == .one(hours(1)))
        let change = try Instant(local("2026-03-29T01:00:00"), offset: hours(0))
        #expect(try zones.utcOffset(at: change, in: "Europe/Zurich") == hours(2))
        #expect(try zones.utcOffset(at: change.adding(.seconds(-1)), in: "Europe/Zurich") == hours(1))
    }

    @Test func gapsAndOverlapsResolveAsTheStandardSays() throws {
        let gap = try zones.instant(of: local("2026-03-29T02:30:00"), in: "Europe/Zurich")
        #expect(gap?.description == "2026-03-29T01:30:00Z")
        let overlap = try zones.instant(of: local("2026-10-25T02:30:00"), in: "Europe/Zurich")
        #expect(overlap?.description == "2026-10-25T00:30:00Z")
        #expect(try zones.instant(of: local("2026-10-25T02:30:00"), in: "Nowhere") == nil)
    }

    @Test func everyZoneReadsBackItsOwnClocks() throws {
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/zone1970.tab", encoding: .utf8)
        let names = table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            String($0.split(separator: "\t")[2])
        }
        #expect(names.count > 300)
        for name in names {
            for month in 0..<1000 {
                let instant = Instant(microseconds: Int64(month) * 2_592_000_000_000 + 3_600_000_000)
                guard let offset = zones.utcOffset(at: instant, in: name), let reading = instant.local(offset: offset)
                else {
                    Issue.record("\(name) \(instant)")
                    return
                }
                switch zones.offsets(of: reading, in: name) {
                case .one(offset), .overlap(offset, _), .overlap(_, offset): break
                case let found: Issue.record("\(name) \(instant): \(String(describing: found))")
                }
            }
        }
    }

    @Test func manyThreadsMayAskAtOnce() async {
        let zones = ZoneDatabase(directory: "/usr/share/zoneinfo")
        let answers = await withTaskGroup(of: Int?.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let name = ["Europe/Paris", "Asia/Tokyo", "America/Toronto", "Europe/Rome"][index % 4]
                    return zones.utcOffset(at: Instant(microseconds: 1_782_900_000_000_000), in: name)?.seconds
                }
            }
            return await group.reduce(into: Set<Int?>()) { $0.insert($1) }
        }
        #expect(answers == [7200, 32_400, -14_400])
    }

    @Test func withoutAZoneDirectoryNothingIsKnown() {
        let zones = ZoneDatabase(directory: "/nonexistent")
        #expect(!zones.isKnown("Europe/Zurich"))
        zones.reload()
        #expect(!zones.isKnown("UTC"))
    }
}
