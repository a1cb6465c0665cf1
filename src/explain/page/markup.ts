/** A finding as markup: what is wrong, the steps as a list, and the picture of them in the source. */

import type { RulesMeta } from '../sarif.ts';
import { addressOf, attribute, message, text, type Html } from './escape.ts';
import type { Piece } from './lanes.ts';
import { piecesOf } from './lanes.ts';
import type { PageFinding, PageStep, Place } from './model.ts';
import type { GapRow, LineRow, Row, Segment } from './rows.ts';
import { lineId } from './sources.ts';

/** What all findings of a page have in common. */
export interface Drawing {
  readonly rules: RulesMeta;
  readonly nameOf: (path: string) => string;
  /** Whether ways are open from the beginning. */
  readonly isOpen: boolean;
}

const TONES = { set: 'ts', waiting: 'tw', without: 'to', plain: 'tp' } as const;

const ONWARD = { set: 'os', waiting: 'ow', without: 'oo', plain: 'op' } as const;

const SHAPES = {
  through: 'v',
  'leaves-up': 'lu',
  'leaves-down': 'ld',
  'enters-above': 'ea',
  'enters-below': 'eb',
} as const;

export function findingMarkup(finding: PageFinding, drawing: Drawing): Html {
  const { id, place, severity, ruleId, cause, remedy, steps } = finding;
  const head = `<header><p class="meta"><span class="sev ${severity}">${severity}</span> <a class="at" href="#${id}">${placeMarkup(place)}</a></p>
<h3 id="${id}h">${message(cause)}</h3>
${remedy.length === 0 ? '' : `<p class="fix">${remedy.map(message).join(' ')}</p>\n`}${ruleMarkup(ruleId, drawing.rules)}</header>`;
  const files = new Set(steps.map((step) => step.place.name)).size;
  const told = `${counted(steps.length, 'step')}${files > 1 ? ` through ${counted(files, 'file')}` : ''}`;
  const way =
    steps.length === 0
      ? picture(finding, drawing)
      : `<details${drawing.isOpen ? ' open' : ''}><summary>The way into it: ${told}</summary>
<div class="way">${stepsMarkup(finding)}
${picture(finding, drawing)}</div></details>`;
  return `<article class="f" id="${id}" aria-labelledby="${id}h" tabindex="-1" data-rule="${attribute(ruleId ?? '')}" data-sev="${severity}">
${head}
${way}
</article>`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function placeMarkup({ name, line, column }: Place): Html {
  return `${breakable(name)}<span class="lc">:${line}:${column}</span>`;
}

/** A path that may be broken at its slashes. */
export function breakable(name: string): Html {
  return text(name).replaceAll('/', '/<wbr>').replaceAll('</<wbr>', '</');
}

export function ruleMarkup(ruleId: string | null, rules: RulesMeta): Html {
  if (ruleId === null) return '';
  const url = addressOf(rules[ruleId]?.docs?.url);
  const name = text(ruleId);
  const link = url === null ? name : `<a href="${attribute(url)}" rel="noreferrer">${name}</a>`;
  return `<p class="rule">${link}</p>`;
}

/** The steps in the order of execution: complete without the picture. */
function stepsMarkup({ id, place, steps }: PageFinding): Html {
  const items = steps.map((step) => {
    const { n, kind, depth, essential, tone, onward, row, state } = step;
    const classes = [
      TONES[tone],
      ONWARD[onward],
      ...(depth > 0 ? [`d${Math.min(depth, 4)}`] : []),
      ...(essential ? [] : ['mi']),
      ...(kind === 'reported' ? ['re'] : []),
    ].join(' ');
    const chip = state === null ? '' : ` <span class="st">${text(state)}</span>`;
    return `<li id="${id}-${n}" class="${classes}"><a class="n" href="#${id}r${row}" aria-label="Step ${n}, to its line">${n}</a><p>${message(step.text)}</p><p class="w"><span class="pl">${placeOfStep(step, place)}</span>${chip}</p></li>`;
  });
  return `<ol class="steps" role="list" aria-label="Steps">${items.join('\n')}</ol>`;
}

/** In another file, its name is said as well. */
function placeOfStep({ place: { name, line } }: PageStep, finding: Place): Html {
  return name === finding.name ? `line ${line}` : `${breakable(name)}:${line}`;
}

/** The lines that the way leads through, with bubbles, and arrows in the gutter. */
function picture({ id, rows, arrows, steps }: PageFinding, drawing: Drawing): Html {
  if (rows.length === 0) return '';
  const pieces = piecesOf(arrows, rows.length);
  const lanes = Math.max(0, ...arrows.map(({ lane }) => lane + 1));
  const bubbles = Math.max(1, ...rows.map((row) => (row.kind === 'line' ? row.steps.length : 0)));
  const numbers = rows.map((row) =>
    row.kind === 'line' ? row.number : row.kind === 'gap' ? row.last : 0,
  );
  const digits = String(Math.max(0, ...numbers)).length;
  const stepOf = new Map(steps.map((step) => [step.n, step]));
  const drawn = rows.map((row, index) => {
    const gutter = `<span class="g" aria-hidden="true">${(pieces[index] ?? []).map(pieceMarkup).join('')}</span>`;
    return rowMarkup(row, `${id}r${index}`, gutter, id, stepOf, drawing);
  });
  return `<div class="pic w${lanes} b${Math.min(bubbles, 3)} c${Math.min(digits, 6)}" role="group" aria-label="Source">
${drawn.join('\n')}
</div>`;
}

function pieceMarkup({ shape, lane, tone }: Piece): Html {
  return `<i class="${SHAPES[shape]} k${lane} ${TONES[tone]}"></i>`;
}

function rowMarkup(
  row: Row,
  rowId: string,
  gutter: Html,
  findingId: string,
  stepOf: ReadonlyMap<number, PageStep>,
  { nameOf }: Drawing,
): Html {
  switch (row.kind) {
    case 'file': {
      const { source } = row;
      const name = breakable(nameOf(row.path));
      const whole =
        source === null
          ? ''
          : ` <a class="all" href="#${source.id}" data-src="${source.id}">all lines</a>`;
      return `<div class="r h">${gutter}<span class="fn"><span>${name}</span>${whole}</span></div>`;
    }
    case 'gap':
      return `<div class="r gap">${gutter}${gapMarkup(row)}</div>`;
    case 'line':
      return `<div class="r" id="${rowId}">${gutter}${lineMarkup(row, findingId, stepOf)}</div>`;
  }
}

function gapMarkup({ first, last, source }: GapRow): Html {
  const told = counted(last - first + 1, 'line');
  const inner =
    source === null
      ? `<span>${told}</span>`
      : `<a href="#${source.id}" data-src="${source.id}" data-from="${first}" data-to="${last}">${told}</a>`;
  return `<span class="skip">${inner}</span>`;
}

function lineMarkup(
  { number, segments, cut, steps, source }: LineRow,
  findingId: string,
  stepOf: ReadonlyMap<number, PageStep>,
): Html {
  const bubbles = steps.flatMap((n) => {
    const step = stepOf.get(n);
    if (step === undefined) return [];
    return `<a class="n ${classesOf(step)}" href="#${findingId}-${n}" aria-label="Step ${n}" title="${attribute(step.text)}">${n}</a>`;
  });
  const label =
    source === null
      ? `<span class="ln">${number}</span>`
      : `<a class="ln" href="#${lineId(source, number)}" tabindex="-1" aria-label="Line ${number} in the whole file">${number}</a>`;
  const code = segments.map((segment) => segmentMarkup(segment, stepOf)).join('');
  return `<span class="b">${bubbles.join('')}</span>${label}<code>${cut[0] ? '…' : ''}${code}${cut[1] ? '…' : ''}</code>`;
}

function classesOf({ tone, essential, kind, state }: PageStep): string {
  const flags = [essential ? '' : ' mi', kind === 'reported' ? ' re' : state === null ? '' : ' ch'];
  return `${TONES[tone]}${flags.join('')}`;
}

function segmentMarkup(
  { text: code, within, begins }: Segment,
  stepOf: ReadonlyMap<number, PageStep>,
): Html {
  const innermost = within.at(-1);
  if (innermost === undefined) return text(code);
  const step = stepOf.get(innermost);
  const classes = step === undefined ? 'to re' : classesOf(step);
  const numbers = begins.filter((n) => stepOf.has(n)).join(' ');
  const number = numbers === '' ? '' : ` data-n="${numbers}"`;
  return `<mark class="${classes}" data-s="${within.join(' ')}"${number}>${text(code)}</mark>`;
}
