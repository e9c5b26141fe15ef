/// Writes well-formed XML 1.0, whatever the text is.
///
/// Structure is indented, text never is. Characters that XML forbids are made visible.
struct XMLWriter {
  /// An attribute.
  typealias Attribute = (name: String, value: String)

  /// The document so far.
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var open: [String] = []

  /// An element with others inside, which `body` writes.
  mutating func element(_ name: String, _ attributes: [Attribute] = [], _ body: (inout XMLWriter) -> Void) {
    startTag(name, attributes)
    text += ">\n"
    open.append(name)
    body(&self)
    open.removeLast()
    indent()
    text += "</\(name)>\n"
  }

  /// An element with nothing or text inside.
  mutating func element(_ name: String, _ attributes: [Attribute] = [], text content: String = "") {
    startTag(name, attributes)
    text += content.isEmpty ? "/>\n" : ">\(Self.escaped(content, attribute: false))</\(name)>\n"
  }

  private mutating func startTag(_ name: String, _ attributes: [Attribute]) {
    indent()
    text += "<\(name)"
    for attribute in attributes {
      text += " \(attribute.name)=\"\(Self.escaped(attribute.value, attribute: true))\""
    }
  }

  private mutating func indent() { text += String(repeating: "  ", count: open.count) }

  /// The text for use in an element, or in an attribute in double quotes.
  ///
  /// Tabs, line feeds and carriage returns are written as references in attributes and carriage returns also in text,
  /// as readers would change them.
  static func escaped(_ string: String, attribute: Bool) -> String {
    string.visible.escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"" where attribute: "&quot;"
      case "\t" where attribute: "&#9;"
      case "\n" where attribute: "&#10;"
      case "\r": "&#13;"
      default: nil
      }
    }
  }
}
