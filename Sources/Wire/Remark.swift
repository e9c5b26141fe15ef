/// Something inconsistent in a dissected frame; it never stops the dissection.
public struct Remark: Hashable, Sendable {
  /// What is inconsistent.
  public enum Kind: String, Hashable, Sendable {
    /// A checksum doesn't match the octets it covers.
    case checksum
    /// A length field contradicts the header or the frame.
    case length
    /// The frame or the enclosing layer ends inside a header.
    case truncated
    /// A version field isn't what the enclosing layer announced.
    case version
    /// An option's length leads out of its header, or is impossible.
    case option
    /// Octets follow the end of the packet which aren't padding of a short frame.
    case trailing
    /// More layers than Assay looks at.
    case depth
  }

  /// What is inconsistent.
  public let kind: Kind
  /// The layer where it is.
  public let layer: LayerKind
  /// The octet of the frame where the field or option begins.
  public let offset: Int
  /// A sentence without a full stop, for example
  /// `IPv4: total length says 84, the frame has 60 (octet 16)`.
  public let text: String
  /// Whether it is in the packet inside an ICMP message.
  public let isQuoted: Bool
}
