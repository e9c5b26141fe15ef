extension HTMLReport {
  /// The page, in which every value is `Markup` and so stands in three braces.
  static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>{{{title}}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <header>
    <p class="product">Assay</p>
    <h1>{{{judgement}}}</h1>
    <dl class="facts">
    {{#facts}}
    <div><dt>{{{key}}}</dt><dd>{{{value}}}</dd></div>
    {{/facts}}
    </dl>
    {{#remarks}}
    <p class="remark">{{{.}}}</p>
    {{/remarks}}
    </header>
    <nav aria-label="Filter trials">
    <div class="filters">
    {{#filters}}
    <button type="button" data-filter="{{{standing}}}" aria-pressed="{{#isAll}}true{{/isAll}}{{^isAll}}false{{/isAll}}"{{#isEmpty}} disabled{{/isEmpty}}><b>{{{count}}}</b> {{{label}}}</button>
    {{/filters}}
    </div>
    <label class="search">Search <input type="search" id="search" placeholder="case, requirement, text" autocomplete="off"></label>
    <p id="shown" role="status"></p>
    </nav>
    <main>
    {{#suites}}
    <section class="suite">
    <h2>{{{name}}}</h2>
    <p class="about">{{{title}}} <span>{{{counts}}}</span></p>
    {{#trials}}
    <details class="trial" id="{{{id}}}" data-standing="{{{standing}}}"{{#isOpen}} open{{/isOpen}}>
    <summary><span class="badge {{{standing}}}">{{{word}}}</span> <span class="what"><span class="name">{{{name}}}</span> <span class="headline">{{{headline}}}</span></span></summary>
    <div class="body">
    {{#summary}}
    <p>{{{.}}}</p>
    {{/summary}}
    {{#requirements}}
    <blockquote><p><b>{{{level}}}</b> <span class="clause">{{{id}}}</span> <cite>{{{citation}}}</cite></p><p>{{{text}}}</p></blockquote>
    {{/requirements}}
    {{#hasDifferences}}
    <div class="scroll"><table class="difference">
    <caption>What differs</caption>
    <thead><tr><th scope="col">field</th><th scope="col">required</th><th scope="col">seen</th></tr></thead>
    <tbody>
    {{#differences}}
    <tr><th scope="row">{{{field}}}</th><td>{{{required}}}</td><td class="seen">{{{seen}}}</td></tr>
    {{/differences}}
    </tbody>
    </table></div>
    {{/hasDifferences}}
    {{#hasMeasurements}}
    <div class="scroll"><table class="difference">
    <caption>Measured</caption>
    <tbody>
    {{#measurements}}
    <tr><th scope="row">{{{field}}}</th><td>{{{seen}}}</td></tr>
    {{/measurements}}
    </tbody>
    </table></div>
    {{/hasMeasurements}}
    {{#timeline}}
    <h3>Timeline</h3>
    <pre>{{{.}}}</pre>
    {{/timeline}}
    {{#attempts}}
    <h3>Earlier attempts</h3>
    <pre>{{{.}}}</pre>
    {{/attempts}}
    {{#hasFrames}}
    <h3>Frames</h3>
    <ol class="frames">
    {{#frames}}
    <li><details><summary><span class="time">{{{time}}}</span> <span class="role">{{{role}}} <code>{{{summary}}}</code></span></summary><pre>{{{octets}}}</pre></details></li>
    {{/frames}}
    </ol>
    {{#omittedFrames}}<p>{{{.}}}</p>{{/omittedFrames}}
    {{/hasFrames}}
    {{#rerun}}
    <h3>Run it again</h3>
    <pre>{{{.}}}</pre>
    {{/rerun}}
    <p class="place">{{{title}}} · {{{place}}} · {{{seconds}}}{{#evidence}} · <a href="{{{.}}}">capture</a>{{/evidence}}</p>
    </div>
    </details>
    {{/trials}}
    </section>
    {{/suites}}
    <p id="none" hidden>No trial matches.</p>
    </main>
    <script>{{{script}}}</script>
    </body>
    </html>

    """
}
