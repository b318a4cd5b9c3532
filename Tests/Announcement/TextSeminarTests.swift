import EventModel
import Foundation
import Testing

/// Seminar announcements by mail, whose times, places and speakers others have marked. Measured on the same files as
/// were looked at while the reader was made, so the floors are what it reached and say little of other mails.
@Suite(.enabled(if: TextReading.corpus("seminars") != nil, "the corpus folder is absent"))
struct TextSeminarTests {
    struct Marked {
        var text = ""
        var tags: [String: [String]] = [:]

        /// Takes the tags out of a text and keeps what they enclose.
        init(_ marked: String) {
            var (open, index) = ([(String, String)](), marked.startIndex)
            while index < marked.endIndex {
                if marked[index] == "<", let close = marked[index...].firstIndex(of: ">"),
                    marked[marked.index(after: index)..<close].allSatisfy({ $0.isLetter || $0 == "/" }),
                    close > marked.index(after: index)
                {
                    let tag = String(marked[marked.index(after: index)..<close])
                    if !tag.hasPrefix("/") {
                        open.append((tag, ""))
                    } else if let last = open.lastIndex(where: { $0.0 == tag.dropFirst() }) {
                        tags[open[last].0, default: []].append(open.remove(at: last).1)
                    }
                    index = marked.index(after: close)
                } else {
                    text.append(marked[index])
                    for position in open.indices { open[position].1.append(marked[index]) }
                    index = marked.index(after: index)
                }
            }
        }
    }

    private func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// `19:00` of `7:00 P.M`, `noon`; the half of the day is left out where the mark leaves it out.
    private func clock(_ text: String) -> Set<String> {
        if text.lowercased().hasPrefix("noon") { return ["12:00"] }
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard let hour = numbers.first else { return [] }
        let minute = numbers.count > 1 ? numbers[1] : 0
        let words = letters(text)
        let hours =
            words.hasSuffix("pm")
            ? [hour % 12 + 12] : words.hasSuffix("am") ? [hour % 12] : [hour % 24, hour % 12 + 12]
        return Set(hours.map { String(format: "%02d:%02d", $0, minute) })
    }

    @Test func mostTimesPlacesAndSpeakersAreFound() throws {
        let folder = try #require(TextReading.corpus("seminars"))
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix("cmu.") }.sorted { $0.path < $1.path }
        var found: [String: (hits: Int, wrong: Int, all: Int)] = [:]
        func count(_ tag: String, _ marks: [String]?, _ answers: [String], _ fits: (String, String) -> Bool) {
            guard let marks, !marks.isEmpty else { return }
            let hit = answers.contains { answer in marks.contains { fits(answer, $0) } }
            found[tag, default: (0, 0, 0)].all += 1
            found[tag]?.hits += hit ? 1 : 0
            found[tag]?.wrong += !hit && !answers.isEmpty ? 1 : 0
        }
        for file in files {
            let marked = Marked(try String(contentsOf: file, encoding: .isoLatin1))
            let update = TextReading.read(marked.text).update
            let when = update?.occurrences.first?.when
            func time(_ moment: Moment?) -> [String] {
                moment?.time.map { [String($0.description.dropFirst(11).prefix(5))] } ?? []
            }
            count("stime", marked.tags["stime"], time(when?.start)) { clock($1).contains($0) }
            count("etime", marked.tags["etime"], time(when?.end)) { clock($1).contains($0) }
            count("location", marked.tags["location"], update?.occurrences.compactMap(\.place?.name) ?? []) {
                letters($0).contains(letters($1)) || letters($1).contains(letters($0))
            }
            let speakers = update?.parties.filter { $0.role == .performer }.map(\.name) ?? []
            count("speaker", marked.tags["speaker"], speakers) {
                letters($0).contains(letters($1)) || letters($1).contains(letters($0))
            }
        }
        for (tag, result) in found.sorted(by: { $0.key < $1.key }) {
            print("seminars: \(tag) \(result.hits) of \(result.all) found, \(result.wrong) wrong")
        }
        #expect(files.count == 31)
        for (tag, floor) in [("stime", 28), ("etime", 6), ("location", 27), ("speaker", 7)] {
            let result = try #require(found[tag])
            #expect(result.hits >= floor, "\(tag)")
            // What is not found is left out, not guessed.
            #expect(result.wrong == 0, "\(tag)")
        }
    }
}
