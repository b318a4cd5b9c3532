import CommandLineKit
import EventFormats
import EventModel
import PluginKit
import Spool

/// The answer of `status --check`, as monitoring plugins give it.
struct Health {
    let status: ExitStatus
    private let reasons: [String]
    private let numbers: [(name: String, count: Int?)]
    /// How long the oldest file of the intake has been waiting; nil where that is not known.
    private let oldest: Duration?
    private let warning: Duration
    private let critical: Duration

    /// The service has not been looked at: a fault of its configuration is an alarm, anything else leaves it unknown.
    init(_ failure: Failure) {
        status = failure.status == .configuration ? .alarm : .unknown
        reasons = [failure.message]
        numbers = []
        oldest = nil
        (warning, critical) = (.zero, .zero)
    }

    init(_ service: ServiceStatus, warning: Duration, critical: Duration) {
        var alarms: [String] = []
        var warnings: [String] = []
        if service.isRunning == false { alarms.append("no daemon works on the spool") }
        if let shortage = service.shortage { alarms.append(shortage) }
        let wait = service.longestWait
        let waiting = "the oldest file has been waiting for \(wait.roughly)"
        if wait >= critical { alarms.append(waiting) } else if wait >= warning { warnings.append(waiting) }
        for (folder, words) in [(Folder.held, "held"), (.deferred, "deferred")] {
            if let count = service.count(folder), count > 0 { warnings.append("\(count) \(words)") }
        }
        if service.isSpoolMissing { alarms = ["the spool is missing; is [spool] directory right?"] }
        for (folder, census) in service.folders where census == nil && !service.isSpoolMissing {
            guard let note = service.notes[folder.rawValue], note.hasSuffix("is missing") else { continue }
            alarms.append(note)
        }
        var unknown: [String] = []
        if service.isHidden {
            unknown = ["this user may see nothing of the spool; ask as root"]
        } else if service.isRunning == nil {
            unknown = ["this user may not see whether the daemon runs; ask as root"]
        }
        status =
            !alarms.isEmpty ? .alarm : !warnings.isEmpty ? .attention : !unknown.isEmpty ? .unknown : .ok
        reasons = alarms + warnings + unknown
        numbers = service.numbers
        oldest = service.count(.incoming) == nil ? nil : wait
        (self.warning, self.critical) = (warning, critical)
    }

    private var word: String {
        switch status {
        case .ok: "OK"
        case .attention: "WARNING"
        case .unknown: "UNKNOWN"
        default: "CRITICAL"
        }
    }

    /// One line: the state, why, and the numbers as performance data.
    var line: String {
        var known = numbers.compactMap { number in number.count.map { "\(number.name)=\($0)" } }
        if let oldest {
            let bounds = "\(warning.components.seconds);\(critical.components.seconds);0"
            known.append("oldest=\(oldest.components.seconds)s;\(bounds)")
        }
        let why = reasons.isEmpty ? "nothing waits too long" : reasons.joined(separator: ", ")
        return "TIDINGS \(word) - \(why)".printable + (known.isEmpty ? "" : " | " + known.joined(separator: " "))
    }

    /// The same as one JSON object.
    var json: String {
        var json = JSONWriter()
        json.object { json in
            json.key("state")
            json.string(word)
            json.key("reasons")
            json.array { list in for reason in reasons { list.string(reason) } }
            for (name, count) in numbers {
                json.key(dynamic: name)
                if let count { json.integer(count) } else { json.null() }
            }
            json.optional("oldest", oldest.map { Int($0.components.seconds) })
        }
        return json.text
    }
}
