import EventModel
import Reading
import Testing

@testable import Announcement

struct GazetteerTests {
    private let gazetteer = Gazetteer()

    private func choice(_ name: String, in region: String? = nil, near: GazetteerSurroundings = .init()) -> String {
        var regions: [GazetteerRegion?] = [nil]
        if let region { regions = gazetteer.entry(TextFolding.key(region)).regions.map { gazetteer.region($0) } }
        for region in regions {
            switch gazetteer.choose(gazetteer.entry(TextFolding.key(name)), within: region, near: near) {
            case .city(let city, _, _)?: return "\(city.name) \(city.country) \(city.timeZone)"
            case .region(let region)?: return "region \(region.name)"
            case .ambiguous(let cities)?: return "ambiguous \(cities.map(\.country).joined(separator: " "))"
            case nil: continue
            }
        }
        return "nothing"
    }

    @Test(arguments: [
        ("London", "London GB Europe/London"), ("paris", "Paris FR Europe/Paris"),
        ("ZÜRICH", "Zürich CH Europe/Zurich"), ("Zurich", "Zürich CH Europe/Zurich"),
        ("Cologne", "Köln DE Europe/Berlin"), ("Kiev", "Kyiv UA Europe/Kyiv"),
        ("The Hague", "The Hague NL Europe/Amsterdam"), ("Montreal", "Montréal CA America/Toronto"),
        ("St. Gallen", "Sankt Gallen CH Europe/Zurich"), ("New York", "New York City US America/New_York"),
        ("Washington, DC", "Washington US America/New_York"), ("Washington D.C.", "Washington US America/New_York"),
        ("São Paulo", "São Paulo BR America/Sao_Paulo"), ("Sao Paulo", "São Paulo BR America/Sao_Paulo"),
        ("Łódź", "Łódź PL Europe/Warsaw"), ("Lodz", "Łódź PL Europe/Warsaw"),
        ("Singapore", "Singapore SG Asia/Singapore"), ("Nice", "Nice FR Europe/Paris"),
        ("Lebanon", "region Lebanon"), ("Iran", "region Iran"), ("Europe", "region Europe"),
        ("Nowhere in Particular", "nothing"),
    ])
    func namesMeanWhatMostPeopleMean(name: String, expected: String) {
        #expect(choice(name) == expected)
    }

    @Test(arguments: [
        ("Portland", "Oregon", "Portland US America/Los_Angeles"),
        ("Portland", "Maine", "Portland US America/New_York"),
        ("Paris", "Texas", "Paris US America/Chicago"), ("Paris", "France", "Paris FR Europe/Paris"),
        ("London", "Ontario", "London CA America/Toronto"), ("Birmingham", "Alabama", "Birmingham US America/Chicago"),
        ("Paris", "Switzerland", "nothing"),
    ])
    func aStatedRegionDecides(name: String, region: String, expected: String) {
        #expect(choice(name, in: region) == expected)
    }

    @Test func namesOfLikeSizeAreUndecidedUnlessTheDocumentHelps() {
        #expect(choice("Cambridge").hasPrefix("ambiguous"))
        #expect(choice("Cambridge", near: GazetteerSurroundings(countries: ["GB"])) == "Cambridge GB Europe/London")
        // A named country does not turn a name away from a city that is ten times as large.
        #expect(choice("Geneva", near: GazetteerSurroundings(countries: ["US"])) == "Geneva CH Europe/Zurich")
    }

    @Test func foldingIsTheSameAsThatOfTheData() {
        for name in [
            "Ålesund", "Tromsø", "Besançon", "Gießen", "Iași", "Đà Nẵng", "Mazār-e Sharīf", "Ürümqi", "Reykjavík",
        ] {
            #expect(!gazetteer.entry(TextFolding.key(name)).isEmpty, "\(name) is not found")
        }
    }
}
