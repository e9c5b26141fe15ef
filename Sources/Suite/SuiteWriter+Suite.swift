public import Wire

/// A captured packet that becomes a case.
public struct ImportedPacket: Sendable {
  /// The case's id.
  public var id: String
  /// The case's title.
  public var title: String
  /// Lines of explanation above the case.
  public var comments: [String]
  /// The packet as a list of layers, or its fragments.
  public var packets: [YAMLText]
  /// Steps that expect answers.
  public var answers: [YAMLText]

  /// Puts the parts together.
  public init(id: String, title: String, comments: [String], packets: [YAMLText], answers: [YAMLText]) {
    self.id = id
    self.title = title
    self.comments = comments
    self.packets = packets
    self.answers = answers
  }

  /// A packet as it was captured, after which anything may come.
  public init(id: String, title: String, comments: [String], template: PacketTemplate) {
    self.init(
      id: id,
      title: title,
      comments: comments,
      packets: [SuiteWriter.packet(template)],
      answers: [SuiteWriter.anyAnswer(to: template)]
    )
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
    let steps = packet.packets.map { YAMLText.entries([.init("send", $0)]) } + packet.answers
    return .commented(
      packet.comments,
      isApart: true,
      .entries([
        .init("id", packet.id), .init("title", packet.title), .init("others", "allowed"),
        .init("steps", .items(steps)),
      ])
    )
  }

  /// The step that takes any answer, and none: what the target does is for people to look at.
  public static func anyAnswer(to template: PacketTemplate) -> YAMLText {
    let network = template.layers.first { [.ipv4, .ipv6, .arp].contains($0.kind) }?.kind ?? .ethernet
    let answer = YAMLText.Entry("packet", .list([.scalar(network.rawValue)]))
    let alternatives = [answer, .init("nothing", "true")].map {
      YAMLText.mapping([.init("outcome", "record"), $0])
    }
    return .entries([.init("expect", .entries([.init("any-of", .items(alternatives))]))])
  }
}
