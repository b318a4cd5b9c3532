import Daemon
import EventFormats
import EventModel
import PluginKit
import Spool

/// The answer of `status --check`, as monitoring plugins give it.
struct Health {
    let status: ExitStatus
    private let reasons: [String]
    private let numbers: [(name: String, count: Int?)]

    init(unknown reason: String) {
        status = .alarm
        reasons = [reason]
        numbers = []
    }

    init(_ service: ServiceStatus, warning: Duration, critical: Duration) {
        var alarms: [String] = []
        var warnings: [String] = []
        if service.isRunning == false { alarms.append("no daemon works on the spool") }
        let wait = service.longestWait
        let waiting = "the oldest file has been waiting for \(wait.roughly)"
        if wait >= critical { alarms.append(waiting) } else if wait >= warning { warnings.append(waiting) }
        for (folder, words) in [(Folder.held, "held"), (.deferred, "deferred")] where service.count(folder) > 0 {
            warnings.append("\(service.count(folder)) \(words)")
        }
        if service.isHidden { alarms.append("this user may see nothing of the spool; ask as root or in tidings-admin") }
        if service.isSpoolMissing { alarms = ["the spool is missing; is [spool] directory right?"] }
        for (folder, census) in service.folders where census == nil && !service.isSpoolMissing {
            guard let note = service.notes[folder.rawValue], note.hasSuffix("is missing") else { continue }
            alarms.append(note)
        }
        status = !alarms.isEmpty ? .alarm : !warnings.isEmpty ? .attention : .ok
        reasons = alarms + warnings
        numbers = service.numbers
    }

    private var word: String {
        switch status {
        case .ok: "OK"
        case .attention: "WARNING"
        default: "CRITICAL"
        }
    }

    /// One line: the state, why, and the numbers as performance data.
    var line: String {
        let known = numbers.compactMap { number in number.count.map { "\(number.name)=\($0)" } }
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
        }
        return json.text
    }
}
