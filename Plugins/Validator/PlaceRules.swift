import EventModel

/// Where an event is.
enum PlaceRules {
    static let all: [Rule] = [missing]

    private static let missing: Rule = { subject, findings in
        guard !subject.isCancellation else { return }
        func add(_ occurrence: Int) {
            let message =
                "the event does not say where it is; add a place (a city is enough), or the address to attend online"
            if subject.update.attendanceMode == .online {
                findings.add(.missingLocation, .place, occurrence: occurrence, severity: .warning, message)
            } else {
                findings.add(.missingLocation, .place, occurrence: occurrence, message)
            }
        }
        if subject.update.occurrences.isEmpty { add(0) }
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            let isCancelled = subject.status(of: occurrence) == .cancelled
            if !isCancelled, occurrence.onlineURL == nil, !isNamed(occurrence.place) { add(index) }
        }
    }

    private static func isNamed(_ place: Place?) -> Bool {
        guard let place else { return false }
        let names = [place.name, place.locality, place.streetAddress, place.region, place.country]
        if names.contains(where: { $0.map { !$0.allSatisfy(\.isWhitespace) } ?? false }) { return true }
        return place.latitude != nil && place.longitude != nil
    }
}
