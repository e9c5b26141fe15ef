/// The options of TCP [RFC 9293 3.2].
enum TCPOption {
  static let list = ElementList.options(
    .internet,
    summary: "Options of the segment [RFC 9293 3.2].",
    [
      .single("end", 0, "End of the option list; padding follows [RFC 9293 3.2]."),
      .single("nop", 1, "No operation [RFC 9293 3.2]."),
      .option(
        "mss",
        2,
        [.number("size", 16, is: 1460, "Largest segment that the sender takes [RFC 9293 3.2].")],
        argument: "size",
        summary: "Maximum segment size [RFC 9293 3.2]."
      ),
      .option(
        "window-scale",
        3,
        [.number("shift", 8, "How far windows are shifted [RFC 7323 2.2].")],
        argument: "shift",
        summary: "Window scale [RFC 7323 2.2]."
      ),
      .option("sack-permitted", 4, summary: "Selective acknowledgements are understood [RFC 2018 2]."),
      .option(
        "sack",
        5,
        [],
        [
          ElementPart(
            "blocks",
            .entries,
            [
              .number("left", 32, "First sequence number of the block [RFC 2018 3]."),
              .number("right", 32, "Sequence number behind the block [RFC 2018 3]."),
            ],
            summary: "Blocks that arrived [RFC 2018 3]."
          )
        ],
        argument: "blocks",
        summary: "Selective acknowledgement [RFC 2018 3]."
      ),
      .option(
        "timestamps",
        8,
        [
          .number("value", 32, "Clock of the sender [RFC 7323 3.2]."),
          .number("echo", 32, "Clock of the receiver, as heard last [RFC 7323 3.2]."),
        ],
        summary: "Timestamps [RFC 7323 3.2]."
      ),
      .octets("md5-signature", 19, "Signature, obsolete [RFC 2385 3.0]."),
      .option(
        "user-timeout",
        28,
        [
          .flag("granularity", "The timeout is in minutes, not seconds [RFC 5482 3]."),
          .number("timeout", 15, "When unacknowledged data ends the connection [RFC 5482 3]."),
        ],
        argument: "timeout",
        summary: "User timeout [RFC 5482 3]."
      ),
      .octets("authentication", 29, "Authentication [RFC 5925 2.2]."),
      .octets("multipath", 30, "Multipath TCP [RFC 8684 3]."),
      .option(
        "fast-open",
        34,
        [],
        [ElementPart("cookie", .octets, summary: "Cookie, or nothing to ask for one [RFC 7413 4.1.1].")],
        argument: "cookie",
        summary: "Fast open [RFC 7413 4.1.1]."
      ),
      .octets("experimental-1", 253, "For experiments [RFC 4727 7.2]."),
      .octets("experimental-2", 254, "For experiments [RFC 4727 7.2]."),
    ]
  )
}
