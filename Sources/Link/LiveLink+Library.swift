internal import CPcap

extension LiveLink {
  /// The capture library's own words about its version and what it uses of the kernel.
  public static var captureLibrary: String { String(cString: pcap_lib_version()) }
}
