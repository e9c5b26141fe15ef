internal import CLinux
public import Capture
internal import Glibc
public import Wire

/// A link to a real interface: libpcap sees, a packet socket sends.
///
/// The frames' stamps are the kernel's, in nanoseconds. Frames come in the order in which the kernel put them
/// into the buffer; where a frame comes in on one core while another goes out on a second one, their stamps
/// may be a few microseconds out of order.
public final class LiveLink: WaitableLink {
  /// The interface's name, Ethernet address and MTU.
  public let interface: InterfaceDescription

  private var pcap: PcapHandle?
  private let sender: FrameSender
  private let monitor: InterfaceMonitor
  private let query: NetlinkSocket
  private let arm: Arm
  private let clock: AnchoredClock
  /// The offset of the two clocks when it was last looked at.
  private var latestOffset: Int64
  /// The kernel's clock is slewed by less than this between two looks; more is a step.
  private static let greatestSlew: Int64 = 2_000_000
  private let lostBefore: UInt64
  private let backlogDroppedBefore: UInt64
  private var counters = LinkStatistics()
  private var flood = FloodGauge()
  /// When the interface's state was last looked at.
  private var lastChecked = Timestamp(nanoseconds: 0)
  private static let checkInterval = Duration.milliseconds(1)

  /// The most frames that one `receive` hands over, so that a flood doesn't keep it for ever.
  private static let batchLimit = 65_536

  /// Opens an interface for capturing and sending.
  ///
  /// - Parameters:
  ///   - name: the interface, which must be Ethernet and up.
  ///   - arm: where it touches the target; each frame says so.
  ///   - snapLength: the longest frame kept whole, in octets. Each place in the buffer is that long, so the
  ///     default is what the interface's MTU makes possible with two VLAN tags, not the largest number.
  ///   - bufferBytes: the size of the buffer between the kernel and this process.
  /// - Throws: `noSuchInterface`, `notEthernet`, `interfaceDown`, `notPermitted` with the privilege it takes, or
  ///   `system`.
  public init(
    interface name: String,
    arm: Arm = .near,
    snapLength: Int? = nil,
    bufferBytes: Int = 32 << 20
  ) throws(LinkError) {
    let found: NetworkInterface
    do throws(SystemErrno) {
      query = try NetlinkSocket()
      found = try NetworkInterface(named: name, through: query)
    } catch {
      if error.code == ENODEV { throw .noSuchInterface(name) }
      throw .system("\(name): \(error.text)")
    }
    if found.hardwareType != NetworkInterface.ethernet {
      throw .notEthernet("\(name) has hardware type \(found.hardwareType)")
    }
    if !found.isUp { throw .interfaceDown(name) }
    do throws(SystemErrno) { monitor = try InterfaceMonitor(found) } catch {
      throw .system("\(name): \(error.text)")
    }
    pcap = try PcapHandle(
      interface: name,
      snapLength: snapLength ?? max(2048, found.mtu + 14 + 8),
      bufferBytes: bufferBytes
    )
    sender = try FrameSender(found)
    interface = InterfaceDescription(name: name, mac: found.mac, mtu: found.mtu)
    self.arm = arm
    clock = AnchoredClock()
    latestOffset = clock.offset
    lostBefore = found.lost
    backlogDroppedBefore = Self.backlogDropped()
  }

  /// The interface's driver and offloads, the kernel, libpcap and the clock, as they are now.
  public var environment: LinkEnvironment { LinkEnvironment(of: interface) }

  /// Monotonic time, shifted into the domain of the frames' stamps when the link was opened.
  public func now() -> Timestamp { clock.now() }

  /// Its capture and the state of its interface.
  public var waitsFor: [Int32] { pcap.map { [$0.selectable, monitor.selectable] } ?? [] }

  /// Nothing happens without a frame.
  public var nextDue: Timestamp? { nil }

  /// Sends raw frames in this order, whatever the arm, since it has one; a full queue is waited for, for a short time.
  public func send(_ frames: [[UInt8]], at _: Arm) throws(LinkError) {
    if pcap == nil { throw .closed }
    if !frames.isEmpty { flood.sent() }
    try sender.send(frames)
  }

  /// Hands over what was captured, waiting for the first frame until the deadline or a signal.
  public func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError) {
    guard let pcap else { throw .closed }
    // Woken for each frame of a flood, the kernel would have no time to receive it.
    if let pause = flood.pause(at: now(), by: deadline) { assay_pause(pause) }
    let count = try drain(pcap, handle)
    // Also where there are frames, as on a busy link there always are; a system call for each look would be many.
    let time = now()
    if count == 0 || time - lastChecked > Self.checkInterval {
      lastChecked = time
      try monitor.check()
    }
    if count > 0 { return }
    let rest = deadline == .distantFuture ? -1 : max(0, (deadline - now()).wholeNanoseconds)
    if rest == 0 { return }
    let waits = [pcap.selectable, monitor.selectable, assay_signal_descriptor()]
    let ready = assay_wait_readable(waits, Int32(waits.count), rest)
    if ready < 0 { throw .system("wait on \(interface.name): \(SystemErrno(-ready).text)") }
    if ready & 0b100 != 0 { SignalFlag.acknowledge() }
    if try drain(pcap, handle) == 0, ready & 0b011 != 0 { try monitor.check() }
  }

  /// Counters of libpcap and of the interface since the link was opened.
  public func statistics() -> LinkStatistics {
    guard let pcap else { return counters }
    let offset = AnchoredClock.currentOffset()
    if abs(offset &- latestOffset) > Self.greatestSlew { counters.clockSteps += 1 }
    latestOffset = offset
    counters.droppedByKernel = pcap.droppedByKernel()
    // A virtual interface counts a frame that the machine's backlog had no room for as dropped, or nobody does.
    let here = (try? NetworkInterface(named: interface.name, through: query))?.lost ?? lostBefore
    let backlog = Self.backlogDropped()
    let most = max(here &- min(here, lostBefore), backlog &- min(backlog, backlogDroppedBefore))
    counters.droppedByInterface = max(counters.droppedByInterface, Int(clamping: most))
    return counters
  }

  /// Closes the capture and the sending socket.
  public func close() {
    _ = statistics()
    pcap = nil
    sender.close()
  }

  private func drain(_ pcap: PcapHandle, _ handle: (CapturedFrame) -> Void) throws(LinkError) -> Int {
    var count = 0
    while count < Self.batchLimit {
      let next: CapturedFrame?
      do throws(LinkError) { next = try pcap.next() } catch {
        // That the interface is gone says more than what the library makes of it.
        try monitor.check()
        throw error
      }
      guard var frame = next else { break }
      frame.arm = arm
      count += 1
      counters.received += 1
      flood.received()
      handle(frame)
    }
    return count
  }

  /// Frames that the machine's cores threw away before anybody could see them: the second column of the table,
  /// hexadecimal, a line for each core.
  private static func backlogDropped() -> UInt64 {
    guard let text = try? readSmallFile("/proc/net/softnet_stat") else { return 0 }
    return text.split(separator: "\n").reduce(0) { sum, line in
      let columns = line.split(separator: " ", maxSplits: 2)
      return sum &+ (columns.count > 1 ? UInt64(columns[1], radix: 16) ?? 0 : 0)
    }
  }
}
