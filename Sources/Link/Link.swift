public import Capture
public import Wire

/// A place where frames go out and come in: a real interface, or a simulated wire.
///
/// A link is used from one thread. Sent frames come back through `receive` as the wire showed them: only
/// what was captured counts as sent.
public protocol Link: AnyObject {
  /// What kind of interface this is; with two arms, the near one.
  var interface: InterfaceDescription { get }

  /// The interface of the far arm; nil when there is none.
  var farInterface: InterfaceDescription? { get }

  /// What frames are captured with.
  var environment: LinkEnvironment { get }

  /// The time in the clock domain of the captured frames' stamps.
  func now() -> Timestamp

  /// Puts frames on the wire of an arm in this order.
  func send(_ frames: [[UInt8]], at arm: Arm) throws(LinkError)

  /// Waits until at least one frame was captured, the deadline passed or a signal arrived; hands over all that
  /// are there, in order.
  func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError)

  /// What the capture saw and lost since the link was opened.
  func statistics() -> LinkStatistics

  /// Releases the interface; further calls throw `LinkError.closed`.
  func close()
}

extension Link {
  /// None: most links have one arm.
  public var farInterface: InterfaceDescription? { nil }

  /// Puts frames on the wire of the near arm in this order.
  public func send(_ frames: [[UInt8]]) throws(LinkError) { try send(frames, at: .near) }
}

/// A link that waits for descriptors, so that two of them can be waited for at once.
public protocol WaitableLink: Link {
  /// Descriptors which become readable when there may be something to receive.
  var waitsFor: [Int32] { get }

  /// When there is something to do though no descriptor becomes readable; nil when there is nothing.
  var nextDue: Timestamp? { get }
}

/// The facts of the interface behind a link.
public struct InterfaceDescription: Hashable, Codable, Sendable {
  /// Name in the system, for example `eth1`.
  public var name: String
  /// Its own Ethernet address.
  public var mac: MACAddress
  /// Largest IP packet in octets.
  public var mtu: Int

  /// Puts the parts together.
  public init(name: String, mac: MACAddress, mtu: Int) {
    self.name = name
    self.mac = mac
    self.mtu = mtu
  }
}

/// Counters of a capture.
public struct LinkStatistics: Hashable, Codable, Sendable {
  /// Frames handed to the link's user.
  public var received: Int
  /// Frames lost because the buffer was full.
  public var droppedByKernel: Int
  /// Frames lost in the interface.
  public var droppedByInterface: Int
  /// How often the clock of the frames' stamps was set, so that they say nothing of how much time passed.
  public var clockSteps: Int = 0

  /// Frames that may be missing from what the link's user saw, whoever lost them.
  public var lost: Int { droppedByKernel + droppedByInterface }

  /// Puts the parts together.
  public init(received: Int = 0, droppedByKernel: Int = 0, droppedByInterface: Int = 0) {
    self.received = received
    self.droppedByKernel = droppedByKernel
    self.droppedByInterface = droppedByInterface
  }
}

/// Why a link failed.
public enum LinkError: Error, Hashable, Sendable {
  /// No interface of that name.
  case noSuchInterface(String)
  /// The privilege to open it is missing; the text says which.
  case notPermitted(String)
  /// The interface is down or went down.
  case interfaceDown(String)
  /// The interface isn't Ethernet (its data link type's name).
  case notEthernet(String)
  /// A frame was refused: its length and the system's words.
  case sendRefused(length: Int, reason: String)
  /// Any other failure: what was tried and the system's words.
  case system(String)
  /// The link was closed before.
  case closed
}
