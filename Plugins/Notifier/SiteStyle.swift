/// The look of the page: readable without a script, in light and dark, on a telephone and on paper. Text and badges
/// keep a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3).
enum SiteStyle {
    static let sheet: StaticString = """
        :root {
          --paper: #faf8f4; --card: #ffffff; --ink: #1d1c1a; --soft: #5b5750; --line: #ddd7cc; --accent: #17508a;
          --red: #9f1d1d; --red-bg: #fbe4e1; --amber: #7a4300; --amber-bg: #fcebcf; --blue: #0e4d78;
          --blue-bg: #dcecf8; --green: #1b5a37; --green-bg: #dcf1e3; --grey-bg: #eeeae2;
          --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Noto Serif", Georgia, serif;
          --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #151614; --card: #1f211e; --ink: #efece5; --soft: #b3aea3; --line: #3a3c37; --accent: #94c4f5;
            --red: #ffb4a9; --red-bg: #4a1a17; --amber: #ffcf8a; --amber-bg: #452d09; --blue: #a8d4fa;
            --blue-bg: #12344f; --green: #a3e0b9; --green-bg: #173d27; --grey-bg: #2e302c;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        html { border-top: .45rem solid var(--accent); background: var(--paper); }
        body { margin: 0 auto; max-width: 78rem; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.5 var(--sans); overflow-wrap: anywhere; }
        a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
        a:hover { text-decoration-thickness: .12em; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }
        h1, h2, h3, h4, h5, p, ol, ul, blockquote { margin: 0; }
        .masthead { padding: 3.5rem 0 1.75rem; border-bottom: 3px double var(--line); }
        h1 { font: 700 clamp(2.1rem, 6vw, 3.4rem)/1.08 var(--serif); letter-spacing: -.015em; }
        .summary { margin-top: .75rem; color: var(--soft); font-size: 1.06rem; }
        .subscribe { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; margin-top: 1.25rem; padding: 0; }
        .subscribe a { display: block; padding: .5rem 1.05rem; border: 1px solid var(--line); border-radius: 99rem;
          background: var(--card); font-weight: 600; font-size: .93rem; text-decoration: none; }
        .subscribe a:hover { border-color: var(--accent); }
        h2 { font: 700 1.5rem/1.2 var(--serif); margin: 2.4rem 0 1rem; }
        .empty { padding: 1.4rem 1.5rem; border: 1px dashed var(--line); border-radius: .75rem; color: var(--soft); }
        .day { display: grid; gap: .9rem 1.75rem; padding: 1.5rem 0; border-top: 1px solid var(--line); }
        h2 + .day { border-top: 0; padding-top: 0; }
        .day > h3 { font: 400 1rem/1.3 var(--sans); color: var(--soft); }
        .weekday { font-weight: 600; color: var(--accent); }
        .number { font: 700 1.15rem/1 var(--serif); color: var(--ink); }
        .label { font-weight: 600; color: var(--ink); }
        .groups { display: grid; gap: 1.5rem; min-width: 0; }
        .city { display: grid; gap: .6rem; min-width: 0; }
        h4 { display: flex; flex-wrap: wrap; gap: .4rem; font: 600 .95rem/1.4 var(--sans); }
        h4 i { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
        h4 span:not(:only-child) { padding: .1rem .65rem; border-radius: 99rem; background: var(--grey-bg); }
        .event, .change { padding: 1rem 1.2rem 1.1rem; border: 1px solid var(--line); border-left: 4px solid var(--line);
          border-radius: .6rem; background: var(--card); }
        .event.scheduled { border-left-color: var(--accent); }
        .event.cancelled { border-left-color: var(--red); }
        .event.postponed, .event.tentative { border-left-color: var(--amber); }
        .event.rescheduled { border-left-color: var(--blue); }
        .event.moved { border-left-color: var(--green); }
        .past .event.scheduled { border-left-color: var(--line); }
        .event:target { box-shadow: 0 0 0 3px var(--accent); }
        h5 { font: 700 1.22rem/1.3 var(--serif); text-align: left; }
        .stamp { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .65rem; margin-bottom: .45rem;
          font-size: .85rem; color: var(--soft); }
        .badge { padding: .1rem .6rem; border-radius: .3rem; font-size: .82rem; font-weight: 700;
          color: var(--ink); background: var(--grey-bg); }
        .badge.cancelled { color: var(--red); background: var(--red-bg); }
        .badge.postponed, .badge.tentative { color: var(--amber); background: var(--amber-bg); }
        .badge.rescheduled, .badge.corrected { color: var(--blue); background: var(--blue-bg); }
        .badge.new, .badge.moved { color: var(--green); background: var(--green-bg); }
        .when { margin-top: .35rem; font-weight: 600; }
        .cancelled .when time { text-decoration: line-through; text-decoration-thickness: .08em; }
        .zone { color: var(--soft); font-weight: 400; font-size: .93rem; }
        .hint { margin-left: .35rem; padding: .08rem .5rem; border: 1px dashed var(--soft); border-radius: 99rem;
          color: var(--soft); font-size: .8rem; font-weight: 400; white-space: nowrap; }
        .where, .who, .note, .links, .lines, details { margin-top: .3rem; font-size: .96rem; }
        .where + .where { margin-top: 0; }
        .lines li + li { margin-top: .15rem; }
        .note, .role { color: var(--soft); }
        .note { font-style: italic; }
        .lines { margin-top: .6rem; padding: .55rem .8rem; border-radius: .4rem; list-style: none;
          background: var(--grey-bg); font-size: .93rem; }
        details { margin-top: .6rem; }
        summary { cursor: pointer; color: var(--accent); }
        blockquote { margin-top: .5rem; padding-left: 1rem; border-left: 3px solid var(--line); white-space: pre-line; }
        .source { margin: .3rem 0 0 1rem; color: var(--soft); font-size: .9rem; }
        .links { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin-top: .55rem; }
        .changes ol { display: grid; gap: .75rem; list-style: none; padding: 0; }
        .change { border-left-width: 1px; padding: .85rem 1rem .95rem; }
        .changes h2 { font-size: 1.25rem; line-height: 1.44; }
        .change h3 { font: 700 1.05rem/1.3 var(--serif); text-align: left; }
        .change h3 a { color: inherit; }
        .change .when, .change .where { font-size: .93rem; }
        footer { margin-top: 3rem; padding-top: 1.1rem; border-top: 1px solid var(--line); color: var(--soft);
          font-size: .88rem; }
        footer p { max-width: 46rem; }
        @media (min-width: 40rem) {
          .day { grid-template-columns: 8.5rem minmax(0, 1fr); }
          .day > h3 { position: sticky; top: 1rem; align-self: start; }
          .day > h3 span { display: block; }
          .number { font-size: 2.6rem; margin: .1rem 0; }
        }
        @media (min-width: 66rem) {
          main { display: grid; grid-template: "upcoming changes" auto "past changes" 1fr / minmax(0, 1fr) 22rem;
            column-gap: 3rem; }
          main:not(:has(.changes)) { grid-template-columns: minmax(0, 1fr) 0; column-gap: 0; }
          .upcoming { grid-area: upcoming; }
          .changes { grid-area: changes; }
          .past { grid-area: past; }
        }
        @media print {
          :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999; --accent: #000;
            --red: #000; --red-bg: #fff; --amber: #000; --amber-bg: #fff; --blue: #000; --blue-bg: #fff;
            --green: #000; --green-bg: #fff; --grey-bg: #fff; }
          html { border-top: 0; }
          body { max-width: none; padding: 0; font-size: 10.5pt; }
          .subscribe, .skip, .changes { display: none; }
          .masthead { padding-top: 0; }
          main, .day, .groups, .city { display: block !important; }
          .day > h3 span { display: inline; }
          .day > h3 { position: static; }
          .number { font-size: 1.15rem; }
          h2, h3, h4 { break-after: avoid; }
          h4 { margin: .6rem 0 .3rem; }
          .badge { border: 1px solid #000; }
          .event { break-inside: avoid; }
          .links a::after { content: " <" attr(href) ">"; }
        }

        """
}
