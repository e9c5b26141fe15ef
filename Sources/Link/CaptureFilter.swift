internal import CPcap

/// A filter expression in libpcap's language, for frames which were captured already.
public struct CaptureFilter: ~Copyable {
  private var program = bpf_program()

  /// Why an expression isn't one.
  public struct SyntaxError: Error, CustomStringConvertible {
    /// What libpcap says.
    public let description: String
  }

  /// Compiles an expression such as `icmp and host 192.0.2.1`.
  ///
  /// - Parameters:
  ///   - expression: In the language of pcap-filter(7).
  ///   - linkType: What the packets begin with, by its number in captures.
  /// - Throws: A `SyntaxError` with libpcap's words.
  public init(_ expression: String, linkType: UInt16) throws(SyntaxError) {
    guard let handle = pcap_open_dead(Int32(linkType), 262_144) else {
      throw SyntaxError(description: "libpcap knows no link type \(linkType)")
    }
    defer { pcap_close(handle) }
    guard pcap_compile(handle, &program, expression, 1, 0xffff_ffff) == 0 else {
      throw SyntaxError(description: String(cString: pcap_geterr(handle)))
    }
  }

  deinit {
    var program = self.program
    pcap_freecode(&program)
  }

  /// Whether a packet passes the filter.
  public func matches(_ octets: [UInt8], originalLength: Int) -> Bool {
    var header = pcap_pkthdr()
    header.caplen = UInt32(clamping: octets.count)
    header.len = UInt32(clamping: originalLength)
    return withUnsafePointer(to: program) { program in
      octets.withUnsafeBufferPointer { octets in
        // An empty array has no address; nothing is read of it.
        var none: UInt8 = 0
        return withUnsafePointer(to: &none) { none in
          pcap_offline_filter(program, &header, octets.baseAddress ?? none) != 0
        }
      }
    }
  }
}
