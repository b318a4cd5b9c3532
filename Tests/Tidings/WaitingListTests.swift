import EventModel
import Foundation
import Spool
import Testing

@testable import tidings

/// `queue --list`: what waits, an update a line, as the reports tell it.
@Suite struct WaitingListTests {
    static let id = WhyTests.id
    private let service: PrivateService

    init() throws { service = try PrivateService() }

    /// Leaves a file in a folder, perhaps with its report.
    private func leave(_ name: String, in folder: Folder, id: String = id, report: String? = nil) throws {
        let place = "\(service.spool)/\(folder.rawValue)"
        try "x".write(toFile: "\(place)/\(id)-\(name)", atomically: false, encoding: .utf8)
        try report?.write(toFile: "\(place)/\(id).report.json", atomically: false, encoding: .utf8)
    }

    private func rows() throws -> [[String: Any]] { try service.run("queue", "--list", "--json").objects() }

    @Test func eachUpdateThatWaitsHasALine() throws {
        try leave("season.ics", in: .held, report: WhyItemTests.report)
        let row = try #require(try rows().first)
        #expect(try rows().count == 1)
        #expect(row["delivery"] as? String == Self.id && row["item"] as? Int == 3)
        #expect(row["folder"] as? String == "held" && row["file"] as? String == "season.ics")
        #expect(row["submitter"] as? Int == 1000)
        #expect(row["since"] as? String == DeliveryID(Self.id)?.instant.description)
        #expect(row["code"] as? String == "same-event-or-new")
        #expect(row["reason"] as? String == "it resembles season-7")
        let lines = try service.run("queue", "-l").output.split(separator: "\n")
        let titles = lines.first?.split(separator: " ").map(String.init)
        #expect(titles == ["ITEM", "FOLDER", "FILE", "USER", "SINCE", "CODE", "REASON"])
        #expect(lines.last?.hasPrefix("\(Self.id)/3  held    season.ics  1000  ") == true)
        #expect(lines.last?.hasSuffix("  same-event-or-new  it resembles season-7") == true)
    }

    @Test func aFileThatNobodyCouldReadIsOneLine() throws {
        let report = """
            {"schema":"tidings-report/2","delivery":"\(Self.id)","file":"x.bin","fileBytes":[120],"sha256":"00",\
            "submitter":7,"outcome":"rejected","codes":["unknown-format"],"message":"this is no calendar","updates":[],\
            "diagnostics":[]}
            """
        try leave("x.bin", in: .rejected, report: report)
        let row = try #require(try rows().first)
        #expect(row["item"] is NSNull && row["folder"] as? String == "rejected")
        #expect(row["code"] as? String == "unknown-format" && row["reason"] as? String == "this is no calendar")
        #expect(try service.run("queue", "--list").output.contains("\n\(Self.id)  rejected  x  "))
    }

    @Test func whatHasNoReportIsListedAllTheSame() throws {
        try leave("a.ics", in: .active, id: "01KC0000000000000000000001")
        try leave("b.ics", in: .held, id: "01KC0000000000000000000002", report: "{")
        for row in try rows() {
            #expect(row["item"] is NSNull && row["submitter"] is NSNull && row["code"] is NSNull)
            #expect(row["reason"] as? String == "")
        }
        #expect(try rows().map { $0["folder"] as? String } == ["active", "held"])
        #expect(try rows().map { $0["file"] as? String } == ["a.ics", "b.ics"])
    }

    @Test func nothingWaits() throws {
        let ended = try service.run("queue", "--list")
        #expect(ended.complaints == "tidings queue: nothing waits for another try or for a person\n")
        #expect(ended.output == "" && ended.status == 0)
        let json = try service.run("queue", "--list", "--json")
        #expect(json.output == "" && json.complaints == "" && json.status == 0)
    }

    @Test func aFolderThatCannotBeSeenIsNamed() throws {
        try leave("a.ics", in: .deferred)
        try FileManager.default.removeItem(atPath: "\(service.spool)/held")
        let ended = try service.run("queue", "--list")
        #expect(ended.complaints == "tidings queue: held: unknown: \(service.spool)/held is missing\n")
        #expect(ended.output.contains("\n\(Self.id)  deferred  a.ics  "))
        #expect(ended.status == 77)
    }
}
