/// The version of `tidingsd` and `tidings`, by the rules of semantic versioning.
public let programVersion = "0.1.0"
