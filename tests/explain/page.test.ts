/** The report page: what is on it, that it holds together, and that nothing in it is more than shown. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ESLint, Linter } from 'eslint';
import fc from 'fast-check';
import { Window, type Document, type Element } from 'happy-dom';
import { afterAll, describe, expect, test } from 'vitest';

import { readArguments } from '../../src/cli/arguments.ts';
import html from '../../src/cli/html.ts';
import { lint } from '../../src/cli/lint.ts';
import { writeReport } from '../../src/cli/write.ts';
import { ExplainedRun, explainedRun } from '../../src/explain/explained.ts';
import { arrowsOf, piecesOf, type Shape } from '../../src/explain/page/lanes.ts';
import { reportOf, type PageFinding } from '../../src/explain/page/model.ts';
import { pageOf } from '../../src/explain/page/page.ts';
import { rowsOf, type Row } from '../../src/explain/page/rows.ts';
import { SCRIPT } from '../../src/explain/page/script.ts';
import { Sources } from '../../src/explain/page/sources.ts';
import { styleOf } from '../../src/explain/page/style.ts';
import { Texts } from '../../src/explain/texts.ts';
import type { Step } from '../../src/way/step.ts';
import { projectOf, type Files } from '../helpers/project.ts';
import { explainedIn, htmlOf, isOurs, ONE_FILE, TOKEN, TWO_FILES } from '../helpers/reports.ts';

const window = new Window();

afterAll(() => window.happyDOM.close());

function parsed(page: string): Document {
  return new window.DOMParser().parseFromString(page, 'text/html');
}

async function pageIn(files: Files): Promise<{ readonly page: string; readonly dom: Document }> {
  const cwd = projectOf(files);
  const page = htmlOf(await explainedIn(cwd), cwd);
  return { page, dom: parsed(page) };
}

/** What a gutter has in each of its lanes, as a terminal would draw it. */
const DRAWN: Readonly<Record<Shape, string>> = {
  through: '│',
  'leaves-down': '╭',
  'leaves-up': '╰',
  'enters-above': '╰',
  'enters-below': '╭',
};

/** The picture of a finding as text: gutter, bubbles, number, code. */
function drawn({ rows, arrows }: PageFinding, cwd: string): string {
  const lanes = Math.max(0, ...arrows.map(({ lane }) => lane + 1));
  const pieces = piecesOf(arrows, rows.length);
  return rows
    .map((row, index) => {
      const cells = Array.from({ length: lanes }, (_, lane) => {
        const there = (pieces[index] ?? []).filter((piece) => piece.lane === lane);
        const [first, second] = there.map(({ shape }) => DRAWN[shape]);
        return second === undefined ? (first ?? ' ') : '├';
      });
      const isEnd = (pieces[index] ?? []).some(({ shape }) => shape.startsWith('enters'));
      return `${cells.reverse().join('')}${isEnd ? '>' : ' '} ${rowText(row, cwd)}`.trimEnd();
    })
    .join('\n');
}

function rowText(row: Row, cwd: string): string {
  switch (row.kind) {
    case 'file':
      return row.path.slice(cwd.length + 1);
    case 'gap':
      return `… ${row.last - row.first + 1} lines`;
    case 'line': {
      const code = row.segments.map(({ text, begins, within }) =>
        within.length === 0 ? text : `[${begins.join()}${begins.length > 0 ? ':' : ''}${text}]`,
      );
      return `${row.steps.join(' ').padEnd(4)}${String(row.number).padStart(3)} ${code.join('')}`;
    }
  }
}

describe('the picture of a way', () => {
  test('leads through the lines of a file, up and down', async () => {
    const cwd = projectOf(ONE_FILE);
    const { files } = reportOf(await explainedIn(cwd), { cwd, isOurs });
    expect(files[0]?.findings.map((finding) => drawn(finding, cwd)).join('\n\n'))
      .toMatchInlineSnapshot(`
      "    src/account.js
       ╭  1     3 export async function [1:leave](jwt) {
       │  … 3 lines
      ╭│> 5     7     await [5:Intercom.presentMessageComposer('why')];
      ││        8   };
      │├> 2     9   await [2:Intercom.setUserJwt(jwt)];
      ││       10   await Intercom.updateUser({});
      │├> 3    11   await [3:Intercom.logout()];
      ╰╰> 4    12   await [4:ask()];"
    `);
  });

  test('leads through other files, each below its name', async () => {
    const cwd = projectOf(TWO_FILES);
    const { files } = reportOf(await explainedIn(cwd), { cwd, isOurs });
    expect(files[0]?.findings.map((finding) => drawn(finding, cwd)).join('\n\n'))
      .toMatchInlineSnapshot(`
      "    src/open.js
       ╭  1     4 export async function [1:open](jwt) {
       │        5   const unused = 1;
      ╭╰> 2     6   await [2:ensureJwt(jwt)];
      │╭> 4     7   await [4:Intercom.present()];
      ││  src/ensure.js
      ╰╰> 3     4   if ([3:!jwt]) return;"
    `);
  });

  test('leads from a constant to the token', async () => {
    const cwd = projectOf(TOKEN);
    const { files } = reportOf(await explainedIn(cwd), { cwd, isOurs });
    expect(files[0]?.findings.map((finding) => drawn(finding, cwd)).join('\n\n'))
      .toMatchInlineSnapshot(`
      "   src/token.js
      ╭  1     3 const LIFE = [1:'5m'];
      │  … 2 lines
      ╰> 2     6   jwt.sign({ user_id: user.id }, process.env.INTERCOM_SECRET, { expiresIn: [2:LIFE] });"
    `);
  });

  test('shows of a long line what is around each step', () => {
    const text = `${'a'.repeat(1000)}first();${'b'.repeat(1000)}second();${'c'.repeat(1000)}`;
    const texts = new Texts();
    texts.add('/a.js', text);
    const steps = ['first()', 'second()'].map((code, index) =>
      stepAt('/a.js', index + 1, text.indexOf(code), code.length),
    );
    const { rows, rowOf } = rowsOf(steps, texts, new Sources(texts));
    const lines = rows.flatMap((row) => (row.kind === 'line' ? [row] : []));
    expect(lines.map(({ cut, steps: there }) => [cut, there])).toEqual([
      [[true, true], [1]],
      [[true, true], [2]],
    ]);
    for (const { segments } of lines) {
      expect(segments.map((one) => one.text).join('').length).toBeLessThanOrEqual(400);
    }
    expect([...rowOf]).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});

function stepAt(path: string, n: number, start: number, length: number): Step {
  return {
    ...{ n, path, kind: 'called', text: `step ${n}`, range: [start, start + length] },
    ...{ stateBefore: 'unset', stateAfter: 'unset', depth: 0, essential: true },
  };
}

describe('the lanes of arrows', () => {
  const ways = fc.array(fc.nat(30), { minLength: 2, maxLength: 60 });

  test('are in the gutter: from row to row, and never upon each other', () => {
    fc.assert(
      fc.property(ways, (rows) => {
        const legs = rows.slice(1).map((end, index) => {
          const start = rows[index] ?? 0;
          return { to: index + 2, start, end, tone: 'set' as const };
        });
        const arrows = arrowsOf(legs);
        expect(arrows.map(({ to }) => to)).toEqual(
          legs.filter(({ start, end }) => start !== end).map(({ to }) => to),
        );
        const taken = new Set<string>();
        for (const { start, end, lane } of arrows) {
          for (let row = Math.min(start, end); row < Math.max(start, end); row++) {
            expect(taken).not.toContain(`${row} ${lane}`);
            taken.add(`${row} ${lane}`);
          }
        }
        const pieces = piecesOf(arrows, 31).flat();
        expect(pieces.filter(({ shape }) => shape.startsWith('enters'))).toHaveLength(
          arrows.length,
        );
        expect(pieces.filter(({ shape }) => shape.startsWith('leaves'))).toHaveLength(
          arrows.length,
        );
      }),
      { numRuns: 50 },
    );
  });
});

/** What is on a page, as those hear it who do not see it. */
function outline(element: Element): readonly string[] {
  const tag = element.tagName.toLowerCase();
  const label = element.getAttribute('aria-label');
  const said = element.textContent.replaceAll(/\s+/gu, ' ').trim();
  const below = (): string[] =>
    [...element.children].flatMap((child) => outline(child)).map((line) => `  ${line}`);
  if (/^(?:h\d|summary)$/u.test(tag)) return [`${tag}: ${said}`];
  if (tag === 'li' && element.closest('ol') !== null) return [`step: ${said}`];
  if (/^(?:header|nav|main|article|section|footer|ol|dialog)$/u.test(tag)) {
    return [label === null ? tag : `${tag} (${label})`, ...below()];
  }
  if (element.classList.contains('r')) return [`row: ${said}`];
  if (
    /^(?:p|li|button|label|pre)$/u.test(tag) &&
    element.querySelector('p, ul, article') === null
  ) {
    return [`${tag}: ${said}`];
  }
  return [...element.children].flatMap((child) => outline(child));
}

describe('a page', () => {
  test('has landmarks, headings, steps and rows', async () => {
    const { dom } = await pageIn(TWO_FILES);
    await expect(`${outline(dom.body).join('\n')}\n`).toMatchFileSnapshot('page.txt');
  });

  test('holds together: ids are unique, anchors lead somewhere, steps and bubbles are one', async () => {
    const { dom } = await pageIn({ ...ONE_FILE, ...TWO_FILES, ...TOKEN });
    const ids = [...dom.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of dom.querySelectorAll('a[href^="#"]')) {
      expect(ids).toContain(link.getAttribute('href')?.slice(1));
    }
    for (const one of dom.querySelectorAll('[aria-labelledby]')) {
      expect(ids).toContain(one.getAttribute('aria-labelledby'));
    }
    const articles = [...dom.querySelectorAll('article')];
    expect(articles.length).toBeGreaterThan(2);
    for (const article of articles) {
      const items = [...article.querySelectorAll('.steps li')];
      const numbers = items.map((item) => item.querySelector('.n')?.textContent);
      expect(numbers).toEqual(items.map((_, index) => String(index + 1)));
      expect(items.map(({ id }) => id)).toEqual(numbers.map((n) => `${article.id}-${n ?? ''}`));
      const bubbles = [...article.querySelectorAll('.pic .n')];
      expect(bubbles.map(({ textContent }) => textContent).sort(byNumber)).toEqual(numbers);
      for (const bubble of bubbles) {
        const n = bubble.textContent;
        expect(bubble.getAttribute('href')).toBe(`#${article.id}-${n}`);
        const row = bubble.closest('.r');
        expect(items[Number(n) - 1]?.querySelector('.n')?.getAttribute('href')).toBe(
          `#${row?.id ?? ''}`,
        );
        expect(row?.querySelector(`mark[data-s~="${n}"]`)).not.toBeNull();
      }
      for (const piece of article.querySelectorAll('i')) {
        expect(piece.parentElement?.className).toBe('g');
      }
    }
  });

  test('is read by whoever has no script: nothing is hidden but what needs one', async () => {
    const { dom } = await pageIn(TWO_FILES);
    expect([...dom.querySelectorAll('[hidden]')].map(({ className }) => className)).toEqual([
      'js',
      'tools js',
    ]);
    expect(dom.querySelectorAll('article > details[open]')).toHaveLength(1);
  });

  test('has the findings of other plugins plainly, and what could not be parsed', async () => {
    const { dom } = await pageIn({ ...TWO_FILES, 'src/broken.js': 'const = ;\n' });
    const others = [...dom.querySelectorAll('#others li')];
    expect(others.map((other) => other.querySelector('.at')?.textContent).sort()).toEqual([
      'src/broken.js:1:7',
      'src/open.js:5:9',
    ]);
    expect(others.some((other) => other.textContent.includes('no-unused-vars'))).toBe(true);
    expect(dom.querySelectorAll('#others .n, #others i')).toHaveLength(0);
  });

  test('says so where nothing is found', async () => {
    const { dom } = await pageIn({ 'a.js': '' });
    expect(dom.title).toBe('User JWT report: nothing found');
    expect(dom.querySelector('main')?.textContent).toContain('in 1 file.');
    expect(dom.querySelector('nav')).toBeNull();
  });
});

function byNumber(one: string, other: string): number {
  return Number(one) - Number(other);
}

describe('what others have written is only ever shown', () => {
  const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert('1')">&amp;\u202E\u0000\u001B[31m\uD800\u2028-->]]>`;

  function hostileRun(name: string): ExplainedRun {
    const source = `${HOSTILE.replace('\u2028', '')}\nopen();\n`;
    const place = { line: 1, column: 1, endLine: 1, endColumn: 20, severity: 2 as const };
    const messages: Linter.LintMessage[] = [
      { ...place, ruleId: `intercom-jwt/${HOSTILE}`, message: `\`${HOSTILE}\` ${HOSTILE}. Do.` },
      { ...place, ruleId: `other/${HOSTILE}`, message: HOSTILE },
    ];
    const counts = { errorCount: 2, warningCount: 0, fatalErrorCount: 0 };
    const fixable = { fixableErrorCount: 0, fixableWarningCount: 0 };
    const result: ESLint.LintResult = {
      ...{ filePath: `/app/${name}`, source, messages, suppressedMessages: [] },
      ...{ ...counts, ...fixable, usedDeprecatedRules: [] },
    };
    const texts = new Texts();
    texts.add(result.filePath, source);
    return new ExplainedRun([result], texts, new Map());
  }

  test('in messages, rules, sources and names of files', () => {
    const run = hostileRun(`${HOSTILE}/a"b'c<d>.js`);
    const page = htmlOf(run, '/app');
    expect(page.match(/<script/gu)).toHaveLength(1);
    expect(page.match(/<\/script/gu)).toHaveLength(1);
    for (const hidden of ['\u202E', '\u0000', '\u001B', '\u2028', '\uD800']) {
      expect(page.includes(hidden)).toBe(false);
    }
    const dom = parsed(page);
    expect(dom.querySelectorAll('img')).toHaveLength(0);
    expect([...dom.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())).not.toContain(
      'onerror',
    );
    expect(dom.querySelector('h3 code')?.textContent).toContain('U+202EU+0000U+001B[31mU+D800');
  });

  test('with addresses of rules that lead to the web alone', () => {
    const run = hostileRun('a.js');
    const rules = {
      [`other/${HOSTILE}`]: { docs: { url: 'javascript:alert(1)' } },
      [`intercom-jwt/${HOSTILE}`]: { docs: { url: 'https://example.com/"><b>' } },
    };
    const page = parsed(
      // The rules of a run may be of anybody.
      pageWith(run, rules),
    );
    const links = [...page.querySelectorAll('.rule a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['https://example.com/"><b>']);
  });

  test('under a policy that lets its own script and style alone be used', () => {
    const page = htmlOf(hostileRun('a.js'), '/app');
    const policy = parsed(page).querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'none'$/u,
    );
    expect(page).not.toMatch(/ style=| on\w+="/u);
    expect(SCRIPT).not.toContain('</');
    expect(SCRIPT).not.toMatch(/innerHTML|insertAdjacent|\beval\b|fetch|import\(/u);
    expect(styleOf(3)).not.toMatch(/<|url\(|@import/u);
  });
});

function pageWith(run: ExplainedRun, rules: Parameters<typeof pageOf>[1]['rules']): string {
  const tool = { name: 'the plugin', version: '1.2.3', url: 'https://example.com' };
  return pageOf(run, { cwd: '/app', isOurs, rules, tool });
}

describe('the command', () => {
  test('writes the page that the formatter of ESLint makes', async () => {
    const cwd = projectOf(TWO_FILES);
    const args = readArguments(['--format', 'html', '-o', 'report.html', '--config', 'strict']);
    if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
    expect(args.outputFile).toBe('report.html');
    const screen = { terminal: null, format: 'stylish', columns: 80, hasColors: false };
    const { output, exitCode } = await lint(args, cwd, screen);
    expect(exitCode).toBe(1);
    const run = await explainedRun(async () => {
      const { results } = await explainedIn(cwd);
      return results;
    });
    const handedOver = JSON.parse(JSON.stringify(run.results)) as ESLint.LintResult[];
    const other = await html(handedOver, { cwd });
    const [ours, theirs] = [output, other].map((page) =>
      parsed(page).querySelector('article')?.outerHTML.replaceAll(/s\d+/gu, 's'),
    );
    expect(ours).toBe(theirs);
    expect(ours).toContain('ensureJwt');
  });

  test('makes the folder of a report, and says why one cannot be written', () => {
    const cwd = projectOf({ 'a.js': '' });
    writeReport('report.html', 'x', cwd);
    writeReport('out/deep/report.html', 'y', cwd);
    expect(readFileSync(join(cwd, 'out/deep/report.html'), 'utf8')).toBe('y');
    expect(() => {
      writeReport('out', '', cwd);
    }).toThrow("The report cannot be written to 'out': it is a folder.");
    expect(() => {
      writeReport('a.js/report.html', '', cwd);
    }).toThrow("The report cannot be written to 'a.js/report.html': a part of the path is a file.");
  });
});
