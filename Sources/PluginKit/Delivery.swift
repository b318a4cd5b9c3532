public import EventModel

/// One update of a delivery: `ID/3` is the third. Plugins read it and never alter it.
public struct DeliveryItem: Sendable {
    /// Its place in the file, from 1: the 3 of `ID/3`. 0 for what the file lacks as a complete list: a cancellation that
    /// waits for a person. Of these there may be several, which are decided together; stages before the one that decides
    /// do not see them.
    public let number: Int
    /// What the file says of one event.
    public let update: EventUpdate
    /// Where its fields stand in the dropped bytes.
    public let positions: FieldPositions
    /// What the reader had to say about it.
    public let findings: [Diagnostic]
    /// What earlier stages found out about it, and what a person decided.
    public var facts: Facts
    /// What an earlier stage has held or refused it for. Only the stage that decides is offered such an item: its answer
    /// takes the place of that one, and repeats it unless it knows better.
    public var objection: Objection?

    /// Makes an item.
    public init(
        number: Int, update: EventUpdate, positions: FieldPositions = FieldPositions(), findings: [Diagnostic] = [],
        facts: Facts = Facts()
    ) {
        self.number = number
        self.update = update
        self.positions = positions
        self.findings = findings
        self.facts = facts
    }
}

/// Why an update is to be held or refused, as a stage before the one that decides has said.
public struct Objection: Sendable {
    /// The stage's name.
    public var stage: String
    /// What it said.
    public var answer: Answer

    /// Makes one.
    public init(stage: String, answer: Answer) {
        self.stage = stage
        self.answer = answer
    }
}

/// One dropped file being worked on. Plugins read it and never alter it.
public struct Delivery: Sendable {
    /// Never reused, in the order of time.
    public let id: DeliveryID
    /// The file's name as dropped: any bytes but NUL and `/`.
    public let file: [UInt8]
    /// The dropped bytes, whole.
    public let bytes: [UInt8]
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    public let sha256: String
    /// The numeric user id of the file's owner.
    public let submitter: UInt32
    /// When the file was claimed.
    public let receivedAt: Instant
    /// The format that was recognised.
    public let format: Format?
    /// The program that wrote it, as far as the file says so; else empty.
    public let producer: String
    /// What the reader had to say about the file as a whole.
    public let findings: [Diagnostic]
    /// The updates that are to be judged, in the order of the file: none that are another time's, and of those that an
    /// earlier stage has held or refused none but for the stage that decides.
    public var items: [DeliveryItem]
    /// The updates that come in later slices, for whoever looks at the file as a whole.
    public var later: ArraySlice<DeliveryItem> = []
    /// The complete list that the file is, for the stage that decides, once it has seen all its updates; else nil.
    public var list: CompleteList?
    /// What the daemon knows of the delivery.
    public var facts: Facts

    /// Makes a delivery.
    public init(
        id: DeliveryID, file: [UInt8], bytes: [UInt8], sha256: String, submitter: UInt32, receivedAt: Instant,
        format: Format?, producer: String = "", findings: [Diagnostic] = [], items: [DeliveryItem],
        facts: Facts = Facts()
    ) {
        self.id = id
        self.file = file
        self.bytes = bytes
        self.sha256 = sha256
        self.submitter = submitter
        self.receivedAt = receivedAt
        self.format = format
        self.producer = producer
        self.findings = findings
        self.items = items
        self.facts = facts
    }

    /// Makes a delivery of what was read: an item an update, with the findings about it.
    public init(
        id: DeliveryID, file: [UInt8], bytes: [UInt8], sha256: String, submitter: UInt32, receivedAt: Instant,
        decoded: Decoded, facts: Facts = Facts()
    ) {
        var findings: [[Diagnostic]] = Array(repeating: [], count: decoded.updates.count)
        var ofFile: [Diagnostic] = []
        for finding in decoded.diagnostics {
            if let update = finding.update, findings.indices.contains(update) {
                findings[update].append(finding)
            } else {
                ofFile.append(finding)
            }
        }
        self.init(
            id: id, file: file, bytes: bytes, sha256: sha256, submitter: submitter, receivedAt: receivedAt,
            format: decoded.format, producer: decoded.producer, findings: ofFile,
            items: decoded.updates.enumerated().map { index, decoded in
                DeliveryItem(
                    number: index + 1, update: decoded.update, positions: decoded.positions, findings: findings[index])
            }, facts: facts)
    }
}

/// Deliveries that are worked on together, oldest first. Effects of a batch share one commit.
public struct DeliveryBatch: Sendable {
    /// The deliveries, at least one, each with at least one item or a ``Delivery/list``.
    public let deliveries: [Delivery]

    /// Makes a batch.
    public init(_ deliveries: [Delivery]) { self.deliveries = deliveries }
}
