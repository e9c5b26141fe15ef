public import Wire

/// A captured packet that becomes a case.
public struct ImportedPacket: Sendable {
  /// The case's id.
  public var id: String
  /// The case's title.
  public var title: String
  /// Lines of explanation above the case.
  public var comments: [String]
  /// The packet.
  public var template: PacketTemplate
  /// Steps that expect answers; empty: any answer and none, both reported.
  public var answers: [YAMLText]

  /// Puts the parts together; without `answers` the case takes whatever comes.
  public init(
    id: String,
    title: String,
    comments: [String],
    template: PacketTemplate,
    answers: [YAMLText] = []
  ) {
    self.id = id
    self.title = title
    self.comments = comments
    self.template = template
    self.answers = answers
  }
}

extension SuiteWriter {
  /// A suite file with a case for each packet.
  public static func suite(
    name: String,
    title: String,
    comments: [String],
    packets: [ImportedPacket]
  ) -> String {
    let head = YAMLText.entries([
      .init("suite", name), .init("title", title), .init("cases", .items(packets.map { testCase($0) })),
    ])
    return YAMLText.commented(comments, head).document()
  }

  private static func testCase(_ packet: ImportedPacket) -> YAMLText {
    let expectation =
      packet.answers.isEmpty
      ? [YAMLText.entries([.init("expect", anything(packet.template))])] : packet.answers
    let steps = [YAMLText.entries([.init("send", self.packet(packet.template))])] + expectation
    return .commented(
      packet.comments,
      isApart: true,
      .entries([
        .init("id", packet.id), .init("title", packet.title), .init("others", "allowed"),
        .init("steps", .items(steps)),
      ])
    )
  }

  /// Any answer, and none: what the target does is for people to look at.
  private static func anything(_ template: PacketTemplate) -> YAMLText {
    let network = template.layers.first { [.ipv4, .ipv6, .arp].contains($0.kind) }?.kind ?? .ethernet
    return .entries([
      .init(
        "any-of",
        .items([
          .mapping([.init("outcome", "record"), .init("packet", .list([.scalar(network.rawValue)]))]),
          .mapping([.init("outcome", "record"), .init("nothing", "true")]),
        ])
      )
    ])
  }
}
