/// The Transmission Control Protocol [RFC 9293].
public enum TCP {
  static let definition = LayerDefinition(
    .tcp,
    title: "Transmission Control Protocol",
    reference: "RFC 9293",
    lists: [TCPOption.list],
    [
      .number("source-port", 16, is: 40_000, "Port of the sender [RFC 9293 3.1]."),
      .number("destination-port", 16, is: 80, "Port of the receiver [RFC 9293 3.1]."),
      .number("sequence", 32, "Sequence number of the first octet of data [RFC 9293 3.1]."),
      .number("acknowledgement", 32, "Sequence number expected next [RFC 9293 3.1]."),
      .computed(
        "data-offset",
        4,
        .headerLength(unit: 4, less: 0),
        "Header with options in units of four octets [RFC 9293 3.1]."
      ),
      .hexadecimal("reserved", 4, "Sent as zero, ignored on reception [RFC 9293 3.1]."),
      .flag("cwr", "Congestion window reduced [RFC 3168 6.1]."),
      .flag("ece", "Congestion experienced echo [RFC 3168 6.1]."),
      .flag("urg", "The urgent pointer counts [RFC 9293 3.1]."),
      .flag("ack", "The acknowledgement counts [RFC 9293 3.1]."),
      .flag("psh", "Push [RFC 9293 3.1]."),
      .flag("rst", "Reset the connection [RFC 9293 3.1]."),
      .flag("syn", "Synchronize sequence numbers [RFC 9293 3.1]."),
      .flag("fin", "No more data from the sender [RFC 9293 3.1]."),
      .number("window", 16, is: 65_535, "Octets which the sender will accept [RFC 9293 3.1]."),
      .checksum(
        .transportChecksum(protocol: 6),
        "Checksum of pseudo-header, header and data [RFC 9293 3.1]."
      ),
      .number("urgent-pointer", 16, "Offset of the end of urgent data [RFC 9293 3.1]."),
      .hexadecimal("flags", 8, "All eight flags as one number, fin lowest [RFC 9293 3.1].")
        .overlaying(bit: 104),
    ]
  )
}
