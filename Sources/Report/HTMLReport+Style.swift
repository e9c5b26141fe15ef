extension HTMLReport {
  /// Colours are paired so that text keeps a contrast of at least 4.5 to its ground, light and dark.
  static let style = """

    :root { --ground: #fbfbfa; --card: #ffffff; --text: #1d2023; --soft: #5a6168; --line: #dfe2e4;
      --link: #0b57a4; --bad: #a8201a; --bad-ground: #fbe9e7; --unsure: #7a4b00; --unsure-ground: #fcf1dc;
      --good: #1c6b3a; --good-ground: #e6f4ea; --calm: #4a5260; --calm-ground: #eceef1; }
    @media (prefers-color-scheme: dark) { :root { --ground: #141618; --card: #1c1f22; --text: #e6e8ea;
      --soft: #a2a9b0; --line: #33383d; --link: #7db7f2; --bad: #ff9d94; --bad-ground: #43201e;
      --unsure: #f2c063; --unsure-ground: #3c2f14; --good: #86d9a0; --good-ground: #173422;
      --calm: #bcc4ce; --calm-ground: #2b3036; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--ground);
      color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
    .product { margin: 0; color: var(--soft); letter-spacing: .08em; text-transform: uppercase; font-size: .75rem; }
    h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2; font-weight: 650; }
    h2 { margin: 2.5rem 0 0; font-size: 1.15rem; font-family: ui-monospace, monospace; font-weight: 650; }
    h3 { margin: 1rem 0 .25rem; font-size: .8rem; color: var(--soft); font-weight: 600; }
    .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; font-size: .9rem; }
    dt { color: var(--soft); font-size: .75rem; }
    dd { margin: 0; }
    .remark { margin: 1rem 0 0; padding: .5rem .75rem; background: var(--unsure-ground); color: var(--unsure); border-radius: 6px; }
    nav { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center;
      margin-top: 1.5rem; padding: .75rem 0; background: var(--ground); border-bottom: 1px solid var(--line); }
    .filters { display: flex; flex-wrap: wrap; gap: .375rem; }
    button { padding: .25rem .7rem; border: 1px solid var(--line); border-radius: 999px; background: var(--card);
      color: var(--text); font: inherit; font-size: .85rem; cursor: pointer; }
    button[aria-pressed=true] { background: var(--text); color: var(--ground); border-color: var(--text); }
    button:disabled { color: var(--soft); background: none; cursor: default; }
    .search { margin-left: auto; font-size: .85rem; color: var(--soft); }
    input { width: 15rem; max-width: 100%; padding: .25rem .6rem; border: 1px solid var(--line); border-radius: 6px;
      background: var(--card); color: var(--text); font: inherit; }
    #shown { flex-basis: 100%; margin: 0; font-size: .8rem; color: var(--soft); }
    #shown:empty { display: none; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    .about { margin: 0 0 .75rem; color: var(--soft); font-size: .9rem; }
    .about span::before { content: "· "; }
    .trial { border: 1px solid var(--line); border-bottom: 0; background: var(--card); scroll-margin-top: 8rem; }
    .suite .trial:last-child { border-bottom: 1px solid var(--line); border-radius: 0 0 8px 8px; }
    .about + .trial { border-radius: 8px 8px 0 0; }
    summary { display: flex; gap: .75rem; align-items: baseline; padding: .45rem .75rem; cursor: pointer; list-style: none; }
    summary::-webkit-details-marker { display: none; }
    summary::before { content: "›"; flex: 0 0 .5rem; color: var(--soft); transition: transform .1s; }
    [open] > summary::before { transform: rotate(90deg); }
    .trial > summary:hover { background: var(--calm-ground); }
    .badge { flex: 0 0 9.5rem; padding: .05rem .5rem; border-radius: 4px; text-align: center; font-size: .75rem; font-weight: 600;
      background: var(--calm-ground); color: var(--calm); }
    .badge.passed { background: var(--good-ground); color: var(--good); }
    .badge.failed, .badge.error { background: var(--bad-ground); color: var(--bad); }
    .badge.inconclusive, .badge.warned { background: var(--unsure-ground); color: var(--unsure); }
    .what { min-width: 0; overflow-wrap: anywhere; }
    .name { display: block; font: .85rem/1.5 ui-monospace, monospace; }
    .headline { display: block; color: var(--soft); font-size: .9rem; }
    .body { padding: 0 .75rem 1rem 12.25rem; overflow-wrap: anywhere; }
    .body p { margin: .5rem 0; }
    blockquote { margin: .75rem 0; padding: .1rem .9rem; border-left: 3px solid var(--line); color: var(--soft); font-size: .9rem; }
    blockquote p { margin: .2rem 0; }
    blockquote b, .clause { color: var(--text); }
    cite { font-style: normal; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font: .85rem/1.5 ui-monospace, monospace; }
    caption { text-align: left; font: 600 .8rem system-ui, sans-serif; color: var(--soft); padding-bottom: .25rem; }
    th, td { padding: .2rem 1.25rem .2rem 0; text-align: left; vertical-align: top; font-weight: 400; border-top: 1px solid var(--line); }
    thead th { color: var(--soft); border: 0; }
    td.seen { color: var(--bad); }
    pre { margin: 0; padding: .6rem .75rem; overflow-x: auto; background: var(--ground); border: 1px solid var(--line); border-radius: 6px;
      font: .8rem/1.5 ui-monospace, monospace; }
    .frames { margin: 0; padding: 0; list-style: none; font-size: .85rem; }
    .frames summary { padding: .1rem 0; }
    .role code { display: block; font: .8rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
    .time { flex: 0 0 5rem; font-family: ui-monospace, monospace; }
    .role code, .place { color: var(--soft); }
    .place { font-size: .85rem; }
    a { color: var(--link); }
    [hidden] { display: none; }
    @media (max-width: 40rem) { .body { padding-left: .75rem; } .badge { flex-basis: auto; } summary { flex-wrap: wrap; }
      .search { margin-left: 0; } nav { position: static; } }
    @media print { nav { display: none; } }

    """

  /// Filters by standing and by text, and opens the trial that the address names.
  static let script = """

    (() => {
      const trials = [...document.querySelectorAll('.trial')];
      const suites = [...document.querySelectorAll('.suite')];
      const buttons = [...document.querySelectorAll('[data-filter]')];
      const search = document.getElementById('search');
      const shown = document.getElementById('shown');
      let standing = 'all';
      const apply = () => {
        const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
        let count = 0;
        for (const trial of trials) {
          const text = words.length ? (trial.id + ' ' + trial.textContent).toLowerCase() : '';
          const matches = (standing === 'all' || trial.dataset.standing === standing)
            && words.every(word => text.includes(word));
          trial.hidden = !matches;
          if (matches) count += 1;
        }
        for (const suite of suites) suite.hidden = !suite.querySelector('.trial:not([hidden])');
        for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.filter === standing));
        document.getElementById('none').hidden = count > 0;
        shown.textContent = count === trials.length ? '' : count + ' of ' + trials.length + ' trials shown';
      };
      for (const button of buttons) button.addEventListener('click', () => {
        standing = button.dataset.filter === standing ? 'all' : button.dataset.filter;
        apply();
      });
      search.addEventListener('input', apply);
      const open = () => {
        const trial = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        if (trial && trial.matches('.trial')) { trial.open = true; trial.scrollIntoView(); }
      };
      addEventListener('hashchange', open);
      open();
    })();

    """
}
