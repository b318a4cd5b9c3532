import EventModel
import Spool

/// What working on dropped files asks of the spool; a simulated one serves as well.
protocol SpoolWork: Sendable {
    /// Takes in what is dropped. Ids are higher than `last`.
    func intake(_ settings: IntakeSettings, after last: DeliveryID?) -> Intake
    func highestID() throws(SpoolError) -> DeliveryID?
    func freeSpace() throws(SpoolError) -> FreeSpace
    func list(_ folder: Folder, after last: DeliveryID?, limit: Int) throws(SpoolError) -> Listing
    func due(at now: Instant, limit: Int) throws(SpoolError) -> (files: [DueFile], next: Instant?)
    func takeUp(
        _ stored: StoredFile, from folder: Folder, named name: FileName?, limit: Int
    ) throws(SpoolError) -> TakenUp
    func report(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> [UInt8]?
    func putBack(ifChanged file: ActiveFile) throws(SpoolError) -> Bool
    func noteAlone(_ id: DeliveryID, after done: DeliveryID?) throws(SpoolError) -> Int
    func suspicion(of id: DeliveryID) throws(SpoolError) -> Suspicion?
    func noteEvents(_ events: Set<UInt64>, of id: DeliveryID) throws(SpoolError)
    func noteAside(_ files: [DeliveryID: Set<UInt64>], untried: DeliveryID?) throws(SpoolError)
    func forgetAlone(after done: DeliveryID?) throws(SpoolError)
    func noteUnanswered(_ endings: [Ending]) throws(SpoolError)
    func finish(_ endings: [Ending]) -> [Finished]
    func takeBack(_ ending: Ending) throws(SpoolError) -> ActiveFile?
    func writeReply(_ reply: OwedReply) throws(SpoolError)
    func addAccepted(_ lines: [UInt8], of day: LocalDate, to user: UInt32) throws(SpoolError)
    func owe(_ reply: OwedReply) throws(SpoolError)
    func owed() throws(SpoolError) -> [DeliveryID: Int]
    func owed(_ id: DeliveryID) throws(SpoolError) -> OwedReply?
    func settle(_ id: DeliveryID) throws(SpoolError)
}

extension SpoolDirectory: SpoolWork {
    func intake(_ settings: IntakeSettings, after last: DeliveryID?) -> Intake {
        Intake(self, settings: settings, after: last)
    }
}
