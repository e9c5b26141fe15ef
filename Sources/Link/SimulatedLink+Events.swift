internal import Capture
internal import Wire

/// Something that happens on a simulated link.
struct SimulatedEvent {
  enum Kind {
    /// The tester's frame number n passes the observer and goes on to the device.
    case sent([UInt8], at: Arm, count: Int)
    /// The device's frame passes the observer.
    case answered([UInt8], at: Arm, isCopy: Bool)
  }

  var time: Timestamp
  var kind: Kind
  /// Which came first of two events at one time.
  var order = 0
}

/// Events by time, and by order of arrival where times are equal: a binary heap.
struct SimulatedEventQueue {
  private var heap: [SimulatedEvent] = []
  private var count = 0

  /// When the next event happens; nil when there is none.
  var nextTime: Timestamp? { heap.first?.time }

  mutating func insert(_ event: SimulatedEvent) {
    var event = event
    event.order = count
    count += 1
    heap.append(event)
    var child = heap.count - 1
    while child > 0, precedes(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out the next event if it happens by that time.
  mutating func next(by time: Timestamp) -> SimulatedEvent? {
    guard let first = heap.first, first.time <= time else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) {
        least = child
      }
      if least == parent { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    (heap[a].time, heap[a].order) < (heap[b].time, heap[b].order)
  }
}
