import Testing

@testable import Lab

/// What the process that holds a lab tells the one that started it.
@Suite struct LabErrorTests {
  @Test(arguments: [
    LabError.forbidden(reason: "unshare: Operation not permitted", remedies: ["a", "or b"]),
    .forbidden(reason: "no", remedies: []), .lacking(reason: "open /dev/net/tun", remedies: ["modprobe"]),
    .simulated("reference"),
    .failed(step: "fork", reason: ""),
  ])
  func `It reads back as it was told`(error: LabError) {
    #expect(HolderReport(HolderReport.failed(error).text) == .failed(error))
  }

  @Test(arguments: ["", "ready", "forbidden", "failed\u{1f}step", "else\u{1f}x\u{1f}y"])
  func `What isn't a report isn't taken for one`(text: String) {
    #expect(HolderReport(text) == nil)
  }
}
