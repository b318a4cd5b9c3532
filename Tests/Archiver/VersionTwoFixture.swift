enum VersionTwoFixture { static let statements: [String] = [] }
