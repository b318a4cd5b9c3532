/// How far incoming/ has been read.
///
/// A pass reads every name once, no faster than the window empties: a million files cost no memory. A lookout runs
/// ahead of it and picks out the files of those who have few, so that they need not wait for a flood that lies before
/// them in the folder.
struct ScanProgress {
    var pass: (any NameStream)?
    /// The name at which the pass stands: its submitter has its whole share of the window.
    var heldBack: FileName?
    var lookout: (any NameStream)?
    /// Submitters of whom the lookout has left files to the pass.
    var passedOver: Set<UInt32> = []
    /// Another pass is due: something was left out, or may lie behind the present one.
    var isPassWanted = false
    /// A lookout is due as soon as the pass does not get through in one go.
    var isLookoutWanted = false
    var temporariesLeft = 0

    /// Something new may lie there.
    mutating func request() { (isPassWanted, isLookoutWanted) = (true, true) }

    var isUnderWay: Bool { pass != nil || isPassWanted }

    mutating func end() { (pass, heldBack, lookout, passedOver) = (nil, nil, nil, []) }
}

extension Intake {
    /// Reads on where there is room.
    mutating func scanOn() throws(SpoolError) {
        do throws(SpoolError) {
            try passOn()
            try lookOut()
        } catch {
            scan.end()
            scan.request()
            throw error
        }
    }

    /// Names that one call looks at, for each of the two readers.
    private var looks: Int { 4 * settings.window }

    private mutating func passOn() throws(SpoolError) {
        if scan.pass == nil, scan.isPassWanted {
            scan.pass = try folder.names()
            scan.isPassWanted = false
            scan.isLookoutWanted = true
            scan.temporariesLeft = settings.temporariesAsked
            told.beginPass()
        }
        guard let stream = scan.pass else { return }
        for _ in 0..<looks {
            if queue.count >= settings.window { return }
            let next = scan.heldBack
            scan.heldBack = nil
            let name: FileName?
            if let next { name = next } else { name = try stream.next() }
            guard let name else {
                scan.end()
                told.endPass()
                return
            }
            if name.isTemporary {
                try considerTemporary(name)
            } else if try !find(name) {
                scan.heldBack = name
                return
            }
        }
    }

    /// A name that was read; false if its submitter has the whole share, so that it has to wait.
    private mutating func find(_ name: FileName) throws(SpoolError) -> Bool {
        if again.isEarly(name, at: monotonic) || queue.holds(name) { return true }
        guard let status = try folder.status(ofIncoming: name) else {
            again.forget(name)
            return true
        }
        if status.kind == .regular, queue.isShareUsed(by: status.owner) { return false }
        offer(name, status, .found)
        return true
    }

    private mutating func considerTemporary(_ name: FileName) throws(SpoolError) {
        guard scan.temporariesLeft > 0 else { return }
        scan.temporariesLeft -= 1
        guard let status = try folder.status(ofIncoming: name) else { return }
        let age = realtime &- status.changedAt
        if age >= settings.temporaryAge.nanoseconds {
            tell(name, status, .forgottenTemporary(days: Int(age / 86_400_000_000_000)))
        }
    }

    private mutating func lookOut() throws(SpoolError) {
        guard scan.pass != nil else { return }
        // Who had more than the share and has nothing left is not to wait for the pass either.
        let isSomebodyDry = scan.passedOver.contains { queue.count(of: $0) == 0 }
        if scan.lookout == nil, scan.isLookoutWanted || isSomebodyDry {
            scan.lookout = try folder.names()
            scan.isLookoutWanted = false
            scan.passedOver = []
        }
        guard let stream = scan.lookout else { return }
        for _ in 0..<looks {
            guard let name = try stream.next() else {
                scan.lookout = nil
                return
            }
            if name.isTemporary || again.isEarly(name, at: monotonic) || queue.holds(name) { continue }
            guard let status = try folder.status(ofIncoming: name), status.kind == .regular else { continue }
            if queue.isShareUsed(by: status.owner) || queue.count(of: status.owner) * 2 > queue.count {
                scan.passedOver.insert(status.owner)
            } else {
                offer(name, status, .found)
            }
        }
    }
}
