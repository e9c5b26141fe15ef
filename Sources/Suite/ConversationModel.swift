/// A TCP connection to open.
public struct ConnectionSpecification: Sendable {
  /// What a case wants to come of an attempt.
  public enum Outcome: String, Sendable, CaseIterable { case established, refused }

  /// The name under which later steps refer to it.
  public var name: String
  /// The target's port.
  public var port: Located<Expression>
  /// The target's address; nil: `$target` in the case's IP version.
  public var to: Located<Expression>?
  /// The host that speaks; nil: `$tester`.
  public var from: Located<Expression>?
  /// Octets of data that Assay takes in a segment; nil: as many as the link carries.
  public var mss: Located<Expression>?
  /// What must come of it; nil: it is only a means to an end.
  public var expected: Outcome?
  /// The longest wait; nil: the usual one.
  public var within: Duration?
}

/// Data on an open connection, and what must come of it.
public struct ExchangeSpecification: Sendable {
  /// What must come of it.
  public enum Outcome: Sendable {
    /// All data are acknowledged.
    case acknowledged
    /// They also come back.
    case echo
    /// These octets come.
    case octets(DataSpecification)
    /// Nothing; it only changes how the connection goes on.
    case nothing
  }

  /// The connection's name.
  public var connection: String
  /// What is sent; nil: nothing.
  public var data: DataSpecification?
  /// What must come of it.
  public var expected: Outcome
  /// Whether the target's data are acknowledged from here on; nil: as before.
  public var acknowledges: Bool?
  /// The longest wait; nil: the usual one.
  public var within: Duration?
}

/// How a connection ends.
public enum ConnectionEnd: String, Sendable, CaseIterable {
  /// In order.
  case fin
  /// At once.
  case reset
}

/// The end of a connection.
public struct CloseSpecification: Sendable {
  /// The connection's name.
  public var connection: String
  /// How it ends.
  public var how: ConnectionEnd
  /// The longest wait; nil: the usual one.
  public var within: Duration?
}

/// A UDP datagram that must come back.
public struct DatagramExchange: Sendable {
  /// The target's port.
  public var port: Located<Expression>
  /// The target's address; nil: `$target` in the case's IP version.
  public var to: Located<Expression>?
  /// The host that speaks; nil: `$tester`.
  public var from: Located<Expression>?
  /// What is sent.
  public var data: DataSpecification
  /// The name under which later steps refer to the datagram.
  public var name: String?
  /// The longest wait; nil: measured.
  public var within: Duration?
}
