/// What is going to happen, in the order of time.
struct Agenda {
    private var scheduled: [Simulation.Scheduled] = []
    private var added = 0

    mutating func add(_ time: Duration, run: Int?, _ event: Simulation.Event) {
        added += 1
        let index = scheduled.firstIndex { $0.time > time } ?? scheduled.endIndex
        scheduled.insert(.init(time: time, order: added, run: run, event: event), at: index)
    }

    mutating func next() -> Simulation.Scheduled? { scheduled.isEmpty ? nil : scheduled.removeFirst() }

    mutating func remove(_ isUnwanted: (Simulation.Event) -> Bool) { scheduled.removeAll { isUnwanted($0.event) } }

    /// Whether nothing but looks and rescans is going to happen.
    var isQuiet: Bool {
        scheduled.allSatisfy { next in
            switch next.event {
            case .look, .rescan: true
            default: false
            }
        }
    }
}

/// What happened: a digest of it, and the words where somebody wants to read them.
struct Trace {
    private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    var isKept = false

    mutating func note(_ word: String, _ drops: [Int] = []) {
        for byte in word.utf8 { mix(UInt64(byte)) }
        for drop in drops { mix(UInt64(drop) &+ 257) }
        if isKept { lines.append(word + drops.map { " \($0)" }.joined()) }
    }

    private mutating func mix(_ value: UInt64) { digest = (digest ^ value) &* 0x100_0000_01B3 }
}

extension SimulatedStages.Outcome {
    var word: String {
        switch self {
        case .answered: "answers"
        case .failed: "fails"
        case .overran: "overruns"
        case .ended: "ends the process"
        }
    }
}
