/**
 * A report as one static page: no script is needed to read it, and nothing is fetched. What it may
 * run and how it looks are pinned by their hashes, so that nothing in it can be more than shown.
 */

import { createHash } from 'node:crypto';

import type { ExplainedRun } from '../explained.ts';
import { nameOf } from '../placed.ts';
import type { RulesMeta } from '../sarif.ts';
import { attribute, message, text, type Html } from './escape.ts';
import {
  breakable,
  counted,
  findingMarkup,
  placeMarkup,
  ruleMarkup,
  type Drawing,
} from './markup.ts';
import { reportOf, type OtherFinding, type Report } from './model.ts';
import { SCRIPT } from './script.ts';
import { lineId, type Source } from './sources.ts';
import { styleOf } from './style.ts';

/** What a page says of the run, beside the findings. */
export interface PageInput {
  readonly cwd: string;
  /** Which rules are those whose ways are told. */
  readonly isOurs: (ruleId: string) => boolean;
  readonly rules: RulesMeta;
  /** The plugin, its version, and where it lives. */
  readonly tool: { readonly name: string; readonly version: string; readonly url: string };
}

/** With more findings than this, their ways are closed until they are asked for. */
const OPEN = 40;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23b3261e'/%3E%3Cpath d='M5 4v5a3 3 0 0 0 6 0' fill='none' stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

/** A run as a page. */
export function pageOf(run: ExplainedRun, { cwd, isOurs, rules, tool }: PageInput): Html {
  const report = reportOf(run, { cwd, isOurs });
  const ours = report.files.flatMap(({ findings }) => findings);
  const drawing: Drawing = {
    rules,
    nameOf: (path) => nameOf(path, cwd),
    isOpen: ours.length <= OPEN,
  };
  const style = styleOf(
    Math.max(0, ...ours.flatMap(({ arrows }) => arrows.map(({ lane }) => lane + 1))),
  );
  const count = ours.length + report.others.length;
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>User JWT report: ${count === 0 ? 'nothing found' : counted(count, 'finding')}</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body>
<a class="jump" href="#main">Skip to the findings</a>
${bannerMarkup(report, count)}
<div class="cols">
${ours.length === 0 ? '' : navMarkup(report)}
<main id="main" tabindex="-1">
${mainMarkup(report, drawing)}
</main>
</div>
<footer><p>Made by <a href="${attribute(tool.url)}" rel="noreferrer">${text(tool.name)}</a> ${text(tool.version)}.</p></footer>
<dialog id="keys" aria-labelledby="keys-title">${KEYS}</dialog>
<div id="said" role="status" class="vh"></div>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

function bannerMarkup({ errors, warnings, fileCount }: Report, count: number): Html {
  const found =
    count === 0
      ? `<p class="sum">Nothing found in ${counted(fileCount, 'file')}.</p>`
      : `<ul class="sum" role="list">${badge('error', errors)}${badge('warning', warnings)}<li>${counted(fileCount, 'file')} read</li></ul>`;
  return `<header class="top"><div><h1>User JWT report</h1>
${found}</div>
<button type="button" id="ask" class="js" hidden aria-haspopup="dialog">Keys <kbd>?</kbd></button></header>`;
}

function badge(severity: 'error' | 'warning', count: number): Html {
  return count === 0 ? '' : `<li class="sev ${severity}">${counted(count, severity)}</li>`;
}

/** The findings by file. */
function navMarkup({ files }: Report): Html {
  const groups = files.map(({ name, findings }) => {
    const links = findings.map(
      ({ id, place, severity, cause }) =>
        `<li><a href="#${id}" class="${severity}"><span class="lc">${place.line}</span> <span>${message(cause)}</span></a></li>`,
    );
    return `<li><p class="fn">${breakable(name)}</p><ul role="list">${links.join('\n')}</ul></li>`;
  });
  return `<nav aria-label="Findings"><details class="toc" open><summary>Findings</summary>
<ul role="list" class="idx">${groups.join('\n')}</ul></details></nav>`;
}

function mainMarkup(report: Report, drawing: Drawing): Html {
  const { files, others, sources } = report;
  if (files.length === 0 && others.length === 0) {
    return `<section class="none"><h2>Nothing found</h2>
<p>No rule has reported anything in ${counted(report.fileCount, 'file')}.</p></section>`;
  }
  return [
    files.length === 0
      ? ''
      : `${LEGEND}\n${toolsMarkup(files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId ?? '')))}`,
    ...files.map(
      ({ name, findings }, index) =>
        `<section class="file" aria-labelledby="p${index + 1}"><h2 id="p${index + 1}">${breakable(name)}</h2>
${findings.map((finding) => findingMarkup(finding, drawing)).join('\n')}
</section>`,
    ),
    othersMarkup(others, drawing),
    sources.length === 0
      ? ''
      : `<section id="sources" aria-labelledby="sources-title"><h2 id="sources-title">Sources</h2>
${sources.map(({ name, source }) => sourceMarkup(name, source)).join('\n')}
</section>`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const LEGEND = `<ul class="legend" role="list" aria-label="Colours of the ways"><li class="ts">user JWT set</li><li class="tw">being set, not waited for</li><li class="to">no user JWT</li></ul>`;

/** What needs a script: a search, and a choice of rules. */
function toolsMarkup(ruleIds: readonly string[]): Html {
  const rules = [...new Set(ruleIds)].sort();
  const options = rules.map((rule) => `<option>${text(rule)}</option>`);
  return `<form class="tools js" hidden role="search"><label>Search <input type="search" id="find" autocomplete="off"></label>
<label>Rule <select id="rule"><option value="">all</option>${options.join('')}</select></label>
<button type="button" id="open">Open all</button> <button type="button" id="shut">Close all</button></form>`;
}

function othersMarkup(others: readonly OtherFinding[], { rules }: Drawing): Html {
  if (others.length === 0) return '';
  const items = others.map(
    ({ place, severity, ruleId, message: told }) =>
      `<li><p class="meta"><span class="sev ${severity}">${severity}</span> <span class="at">${placeMarkup(place)}</span></p><p class="said">${text(told)}</p>${ruleMarkup(ruleId, rules)}</li>`,
  );
  return `<section id="others" aria-labelledby="others-title"><h2 id="others-title">Of other rules</h2>
<ul role="list" class="others">${items.join('\n')}</ul></section>`;
}

/** A file as a whole; the lines that are led to have anchors. */
function sourceMarkup(name: string, source: Source): Html {
  const { id, lines, linked } = source;
  const numbers: number[] = [];
  const code: Html[] = [];
  for (let number = 1; ; number++) {
    const line = lines.line(number);
    if (line === null) break;
    numbers.push(number);
    const shown = text(line);
    code.push(
      linked.has(number)
        ? `<span id="${lineId(source, number)}" class="hit">${shown}</span>`
        : shown,
    );
  }
  return `<details class="src"><summary><h3>${breakable(name)}</h3></summary>
<div class="whole" id="${id}" role="group" aria-label="${attribute(name)}" tabindex="0"><pre aria-hidden="true">${numbers.join('\n')}</pre><pre><code>${code.join('\n')}</code></pre></div></details>`;
}

const KEYS = `<h2 id="keys-title">Keys</h2>
<dl><div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous finding</dd></div>
<div><dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next, previous step</dd></div>
<div><dt><kbd>o</kbd></dt><dd>open or close the way</dd></div>
<div><dt><kbd>a</kbd></dt><dd>all lines, or those on the way</dd></div>
<div><dt><kbd>/</kbd></dt><dd>search</dd></div>
<div><dt><kbd>?</kbd></dt><dd>these keys</dd></div></dl>
<p><label><input type="checkbox" id="single" checked> Single keys</label></p>
<form method="dialog"><button>Close</button></form>`;
