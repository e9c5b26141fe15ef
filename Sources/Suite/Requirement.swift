/// How strongly a clause binds, in the words of RFC 2119.
public enum RequirementLevel: String, Hashable, Codable, Sendable, CaseIterable {
  case must = "MUST"
  case mustNot = "MUST-NOT"
  case should = "SHOULD"
  case shouldNot = "SHOULD-NOT"
  case may = "MAY"
}

/// One clause of an RFC, from the catalogue.
public struct Requirement: Hashable, Codable, Sendable {
  /// Stable name, for example `RFC1122-3.2.2.6-c`.
  public var id: String
  /// `1122`, or the name of an Internet-Draft.
  public var rfc: String
  /// The section within it.
  public var section: String
  /// How strongly it binds.
  public var level: RequirementLevel
  /// A short name.
  public var title: String
  /// The clause in our own words.
  public var text: String
  /// How it can be tested; nil where the clause comes from the plan of a run, which has no use for it.
  public var testability: Testability?

  private enum CodingKeys: String, CodingKey { case id, rfc, section, level, title, text }

  /// Puts the parts together.
  public init(
    id: String,
    rfc: String,
    section: String,
    level: RequirementLevel,
    title: String,
    text: String,
    testability: Testability? = nil
  ) {
    self.id = id
    self.rfc = rfc
    self.section = section
    self.level = level
    self.title = title
    self.text = text
    self.testability = testability
  }

  /// How the source is cited, for example `RFC 1122 3.2.2.6`.
  public var citation: String { rfc.allSatisfy(\.isNumber) ? "RFC \(rfc) \(section)" : "\(rfc) \(section)" }
}
