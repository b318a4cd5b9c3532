import EventModel

extension JSONWriter {
    mutating func write(_ text: LanguageText) {
        object { json in
            json.member("text", text.text)
            json.member("language", text.language)
        }
    }

    mutating func write(_ reference: Reference) {
        object { json in
            json.member("uid", reference.uid)
            json.member("sequence", reference.sequence)
            if let issuedAt = reference.issuedAt {
                json.key("issuedAt")
                json.instant(issuedAt)
            }
        }
    }

    mutating func write(_ occurrence: Occurrence) {
        object { json in
            json.member("id", occurrence.id)
            json.member("status", occurrence.status?.rawValue)
            json.key("when")
            json.write(occurrence.when)
            json.list("previousStarts", occurrence.previousStarts) { $0.moment($1) }
            if let place = occurrence.place {
                json.key("place")
                json.write(place)
            }
            json.member("onlineURL", occurrence.onlineURL)
            json.member("dayAssignment", occurrence.dayAssignment.rawValue)
        }
    }

    private mutating func write(_ when: When) {
        object { json in
            if let start = when.start {
                json.key("start")
                json.moment(start, withOffset: false)
            }
            if let end = when.end {
                json.key("end")
                json.moment(end, withOffset: false)
            }
            if let offset = when.start?.offset {
                json.key("startOffset")
                json.offset(offset)
            }
            if let offset = when.end?.offset {
                json.key("endOffset")
                json.offset(offset)
            }
            json.member("timeZone", when.timeZone)
            json.member("precision", when.precision.rawValue)
            json.member("recurrenceRule", when.recurrenceRule)
            json.list("recurrenceDates", when.recurrenceDates) { $0.moment($1) }
            json.list("exceptionDates", when.exceptionDates) { $0.moment($1) }
            json.member("recurrenceSet", when.recurrenceSet?.description)
        }
    }

    private mutating func write(_ place: Place) {
        object { json in
            json.member("name", place.name)
            json.member("kind", place.kind.rawValue)
            json.member("streetAddress", place.streetAddress)
            json.member("locality", place.locality)
            json.member("region", place.region)
            json.member("postalCode", place.postalCode)
            json.member("country", place.country)
            json.member("latitude", place.latitude)
            json.member("longitude", place.longitude)
            json.member("geonameID", place.geonameID)
            json.member("timeZone", place.timeZone)
        }
    }

    mutating func write(_ party: Party) {
        object { json in
            json.member("name", party.name)
            json.list("acronyms", party.acronyms) { $0.string($1) }
            json.list("alternateNames", party.alternateNames) { $0.string($1) }
            json.member("kind", party.kind.rawValue)
            json.member("role", party.role.rawValue)
            json.member("url", party.url)
            json.member("email", party.email)
        }
    }

    mutating func write(_ evidence: Evidence) {
        object { json in
            json.member("fieldPath", evidence.fieldPath)
            json.member("basis", evidence.basis.rawValue)
            json.member("rule", evidence.rule)
            json.list("byteRanges", evidence.byteRanges) { json, range in
                json.array { json in
                    json.integer(range.lowerBound)
                    json.integer(range.upperBound)
                }
            }
            json.member("confidence", evidence.confidence)
        }
    }
}
