/// A file that a suite was decoded from, as it was read.
public struct SourceText: Hashable, Codable, Sendable {
  /// Which `include` asked for a file.
  public struct Inclusion: Hashable, Codable, Sendable {
    /// The name in `include`.
    public var name: String
    /// Path of the file that includes it.
    public var by: String

    /// Puts the parts together.
    public init(name: String, by: String) {
      self.name = name
      self.by = by
    }
  }

  /// Its path, as positions tell it.
  public var file: String
  /// Its text.
  public var text: String
  /// Who included it; nil for the suite file itself.
  public var inclusion: Inclusion?

  /// Puts the parts together.
  public init(file: String, text: String, inclusion: Inclusion? = nil) {
    self.file = file
    self.text = text
    self.inclusion = inclusion
  }
}

extension TestSuite {
  /// Decodes a suite from recorded texts; throws all faults at once.
  ///
  /// - Parameters:
  ///   - source: The suite file.
  ///   - sources: All recorded texts, those of the files that it includes among them.
  /// - Throws: A `SuiteError` with every fault and its place.
  public init(_ source: SourceText, among sources: [SourceText]) throws(SuiteError) {
    try self.init(decoding: source.text, file: source.file) { name, includer in
      sources.first { $0.inclusion == SourceText.Inclusion(name: name, by: includer) }.map {
        ($0.text, $0.file)
      }
    }
  }
}
