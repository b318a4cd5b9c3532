public import EventModel

/// Something that a stage found out about an update, for the stages behind it, or that the daemon knows of a delivery.
public protocol Fact: Sendable {
    /// A stable name, `publisher.name`; manifests name what they provide and require by it.
    static var name: String { get }
}

/// What the deciding stage decided about an update.
extension Resolution: Fact {
    /// The name in manifests.
    public static let name = "tidings.resolution"
}

/// The facts known about an update or a delivery, by type.
public struct Facts: Sendable {
    private var values: [any Fact]

    /// Makes a set of facts; of two of one type the later counts.
    public init(_ values: [any Fact] = []) { self.values = values }

    /// The fact of a type, if a stage has provided it.
    public subscript<F: Fact>(type: F.Type) -> F? {
        for value in values.reversed() {
            if let match = value as? F { return match }
        }
        return nil
    }

    /// Adds what another stage found out.
    public mutating func add(_ other: Facts) { values += other.values }

    /// The same without facts of some names.
    public func without(_ names: [String]) -> Facts { Facts(values.filter { !names.contains(type(of: $0).name) }) }

    /// The names of the facts that are known.
    public var names: [String] { values.map { type(of: $0).name } }
}

extension Facts: CustomStringConvertible {
    /// Each fact with what it says, for messages and comparisons in tests.
    public var description: String {
        values.map { "\(type(of: $0).name): \(String(describing: $0))" }.joined(separator: "; ")
    }
}
