public import EventModel
public import PluginKit
public import Store

/// Whose updates wait for a person, whatever they say.
extension Ledger {
    /// Notes that updates from somewhere are held from now on, or no more; what is so already is not noted again.
    public func suspend(_ suspension: Suspension) throws(StoreError) {
        try commit { () throws(StoreError) in
            let known = try suspensions.rows().contains { $0.origin == suspension.origin }
            guard known == suspension.isOver else { return }
            var row = LogRow(suspension.isOver ? .resumed : .suspended, at: suspension.decidedAt)
            row.message = suspension.origin.description
            row.decidedBy = suspension.decidedBy
            row.decidedAt = suspension.decidedAt
            row.comment = suspension.comment
            let number = try write(row)
            if suspension.isOver {
                try suspensions.delete(suspension.origin)
            } else {
                try suspensions.insert(suspension, number: number)
            }
            memory?.suspensions = try suspensions.rows()
        }
    }

    /// Whether all that comes from somewhere is held, or whether this very decision has ended that.
    public func isSuspended(_ suspension: Suspension) throws(StoreError) -> Bool {
        try database.transaction { () throws(StoreError) -> Bool in
            if try suspensions.rows().contains(where: { $0.origin == suspension.origin }) { return true }
            let select = try database.prepare(
                "SELECT 1 FROM log WHERE outcome = 'resumed' AND decided_by = ?1 AND decided_at = ?2 AND message = ?3")
            try select.bind(Int64(suspension.decidedBy), at: 1)
            try select.bind(suspension.decidedAt.microseconds, at: 2)
            try select.bind(suspension.origin.description, at: 3)
            return try select.step()
        }
    }

    /// Why what a source says is held, whatever it is; nil where it is not.
    public func suspension(of source: UpdateSource) -> Suspension? {
        memory?.suspensions.first { suspension in
            switch suspension.origin {
            case .user(let id): id == source.submitter
            case .publisher(let name): name == source.publisher
            }
        }
    }
}

extension ArchiveReader {
    /// Whose updates are held, whatever they say, oldest decision first.
    public func suspensions() throws(StoreError) -> [Suspension] { try SuspensionTable(database).rows() }
}
