import EventModel

/// What a TZID of one calendar stands for.
enum ICalendarZone {
    /// A zone of the IANA database.
    case named(String)
    /// A zone that only this calendar defines, and its offset at the time that was asked for.
    case defined(ZoneDefinition, UTCOffset)
    /// A zone that this calendar names and defines, but not so that its offsets could be told.
    case undefined
    /// A name that nobody explains.
    case unknown
}

/// The zones of one calendar: its TZIDs, by name and by definition.
final class ICalendarZones {
    let database: ZoneDatabase
    private let components: [String: ContentComponent]
    private let text: ContentText
    private let budget: ExpansionBudget
    private var names: [String: Names] = [:]
    /// The last TZID that nobody explains: a calendar may have thousands of them, and all need not be kept.
    private var unknown: String?

    /// What a TZID may mean: the zone of the database that is stated, else those that it resembles, else what the calendar
    /// defines.
    private struct Names {
        var stated: String?
        var candidates: [String]
        var definition: ZoneDefinition?
    }

    init(_ calendar: ContentComponent?, text: ContentText, database: ZoneDatabase, budget: ExpansionBudget) {
        self.database = database
        self.budget = budget
        self.text = text
        var components: [String: ContentComponent] = [:]
        for component in calendar?.children ?? [] where component.name == "VTIMEZONE" {
            for line in component.lines where line.name == "TZID" {
                components[text.unescaped(line.value)] = component
            }
        }
        self.components = components
    }

    /// What a TZID stands for at a clock reading. A name of the database counts before the calendar's own definition,
    /// which is often outdated; a name that was made out by its ending or in Windows' list has to agree with it.
    func zone(_ name: String, at reading: LocalDateTime) -> ICalendarZone {
        guard name != unknown, let found = names(of: name) else { return .unknown }
        if let stated = found.stated { return .named(stated) }
        budget.beginEvent()
        for candidate in found.candidates {
            guard let definition = found.definition, definition.offset(at: reading) != nil else {
                return .named(candidate)
            }
            if definition.agrees(with: candidate, in: database, from: reading, weeks: 0) { return .named(candidate) }
        }
        guard let definition = found.definition else { return .unknown }
        return definition.offset(at: reading).map { .defined(definition, $0) } ?? .undefined
    }

    /// Looks a TZID up once, however many times are given in it.
    private func names(of name: String) -> Names? {
        if let known = names[name] { return known }
        var found = Names(stated: nil, candidates: [], definition: definition(name))
        if database.isKnown(name) {
            found.stated = name
        } else if let location = found.definition?.location, database.isKnown(location) {
            found.stated = location
        } else {
            if let ending = ZoneNames.suffix(of: name, in: database) { found.candidates.append(ending) }
            if let windows = ZoneNames.windows(name), database.isKnown(windows) { found.candidates.append(windows) }
        }
        if found.stated == nil, found.candidates.isEmpty, found.definition == nil {
            unknown = name
            return nil
        }
        names[name] = found
        return found
    }

    /// A zone of the database that keeps the same times as a calendar's own one in the year from a reading on: for
    /// repeating events, whose later dates need offsets of their own.
    func likeness(of definition: ZoneDefinition, from reading: LocalDateTime) -> String? {
        guard definition.hasDaylightTime else { return nil }
        return ZoneNames.representatives.first {
            definition.agrees(with: $0, in: database, from: reading, weeks: 0)
                && definition.agrees(with: $0, in: database, from: reading, weeks: 52)
        }
    }

    private func definition(_ name: String) -> ZoneDefinition? {
        components[name].map { ZoneDefinition($0, text: text, budget: budget) }
    }
}
