import EventModel

/// What a TZID of one calendar stands for.
enum ICalendarZone {
    /// A zone of the IANA database.
    case named(String)
    /// A zone that only this calendar defines.
    case defined(ZoneDefinition)
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
    private var definitions: [String: ZoneDefinition] = [:]
    private var names: [String: Names] = [:]

    /// The zones of the database that a TZID may mean: the one that is stated, else those that it resembles.
    private struct Names {
        var stated: String?
        var candidates: [String]
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
        let found = names(of: name)
        if let stated = found.stated { return .named(stated) }
        let definition = definition(name)
        for candidate in found.candidates {
            guard let definition, definition.offset(at: reading) != nil else { return .named(candidate) }
            if definition.agrees(with: candidate, in: database, from: reading, weeks: 0) { return .named(candidate) }
        }
        guard let definition else { return .unknown }
        return definition.offset(at: reading) == nil ? .undefined : .defined(definition)
    }

    /// Looks a TZID up once, however many times are given in it.
    private func names(of name: String) -> Names {
        if let known = names[name] { return known }
        let stated = [name, definition(name)?.location].compactMap { $0 }.first(where: database.isKnown)
        var found = Names(stated: stated, candidates: [])
        if stated == nil {
            found.candidates = [
                ZoneNames.suffix(of: name, in: database),
                ZoneNames.windows(name).flatMap { database.isKnown($0) ? $0 : nil },
            ].compactMap { $0 }
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
        budget.beginEvent()
        if let known = definitions[name] { return known }
        guard let component = components[name] else { return nil }
        let definition = ZoneDefinition(component, text: text, budget: budget)
        definitions[name] = definition
        return definition
    }
}
