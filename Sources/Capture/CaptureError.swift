/// Why a capture file couldn't be read or written, and where.
public struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of fault.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The first octets belong to no known capture format.
    case notACapture = "not-a-capture"
    /// A version of the format which isn't understood.
    case unsupportedVersion = "unsupported-version"
    /// The file ends within a block or record.
    case truncated
    /// A length contradicts the block it stands in.
    case badLength = "bad-length"
    /// A packet names an interface which the file doesn't describe.
    case unknownInterface = "unknown-interface"
    /// A packet isn't an Ethernet frame.
    case notEthernet = "not-ethernet"
  }

  /// The kind of fault.
  public var code: Code
  /// Offset in octets from the start of the file to what is at fault.
  public var offset: Int
  /// What was found there and what was expected.
  public var message: String

  /// Creates an error.
  public init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }

  /// The message with the place, for example `offset 24: the file ends within a packet`.
  public var description: String { "offset \(offset): \(message)" }
}
