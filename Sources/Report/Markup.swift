internal import Mustache

/// Text which is safe anywhere in HTML: in elements and in quoted attributes.
///
/// Escaped here, scalar by scalar: the template engine's own escaping looks at whole characters and lets a quotation
/// mark with a combining accent pass. Templates therefore take it in three braces.
struct Markup: MustacheCustomRenderable {
  let renderText: String

  /// An empty text counts as absent in a section.
  var isNull: Bool { renderText.isEmpty }

  /// Takes what is markup already.
  init(unescaped markup: String) { renderText = markup }

  /// Escapes a text.
  init(_ text: String) {
    renderText = text.visible.escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: nil
      }
    }
  }
}
