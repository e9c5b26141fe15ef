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
    var result = ""
    for scalar in text.visible.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    renderText = result
  }
}
