internal import Link

/// Turns off what interfaces of one namespace do to frames behind the kernel's back.
struct KernelOffloads {
  private let control: OffloadControl

  /// Works on the namespace in which it's made, wherever the thread goes.
  init() throws(LabError) {
    do throws(SystemErrno) { control = try OffloadControl() } catch {
      throw .failed(step: "open a socket for offloads", reason: error.text)
    }
  }

  /// Turns all offloads off.
  ///
  /// - Returns: a sentence about those that are still on; none if all are off.
  func disableAll(on interface: String) -> [String] {
    let left = control.disableAll(on: interface)
    if left.isEmpty { return [] }
    return ["\(interface) keeps \(left.map(\.rawValue).joined(separator: ", ")) on"]
  }
}
