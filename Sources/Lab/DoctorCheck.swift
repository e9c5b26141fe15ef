/// One thing that Assay needs of a machine, and whether it's there.
public struct DoctorCheck: Hashable, Sendable {
  /// How a check ended.
  public enum Status: String, Hashable, Sendable {
    /// As it should be.
    case ok
    /// Something is worse than it could be, or a thing that only some uses need isn't there.
    case warning
    /// Without it Assay can't run a lab.
    case missing
  }

  /// What was looked at, in a word or two.
  public var name: String
  /// How it ended.
  public var status: Status
  /// What was found.
  public var detail: String
  /// What to do about it; nil where nothing is to be done.
  public var remedy: String?

  init(_ name: String, _ status: Status, _ detail: String, remedy: String? = nil) {
    self.name = name
    self.status = status
    self.detail = detail
    self.remedy = remedy
  }
}
