/// The extension structure at the end of ICMP messages [RFC 4884 7].
public enum ICMPExtensions {
  /// Names of object classes.
  public static let classes = NameTable([
    "mpls-label-stack": 1, "interface-information": 2, "interface-identification": 3,
    "extended-information": 4, "reverse-path-information": 5,
  ])

  static let definition = LayerDefinition(
    .extensions,
    title: "ICMP extensions",
    reference: "RFC 4884 7",
    [
      .number("version", 4, is: 2, "Version of the structure [RFC 4884 7]."),
      .hexadecimal("reserved", 12, "Sent as zero, ignored on reception [RFC 4884 7]."),
      .checksum(.checksum, "Checksum of the structure; 0 means none [RFC 4884 7]."),
    ]
  )
}
