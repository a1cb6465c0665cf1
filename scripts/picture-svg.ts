/** A picture of a finding, as a terminal shows it. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readArguments } from '../src/cli/arguments.ts';
import { lint } from '../src/cli/lint.ts';

/** The program that the README begins with. */
const PROGRAM = `import Intercom from '@intercom/intercom-react-native';

export async function openSupport(userId: string, jwt: string) {
  Intercom.setUserJwt(jwt);
  await Intercom.loginUserWithUserAttributes({ userId });
}
`;

const LINE = 20;
const CHARACTER = 8.4;
const MARGIN = 20;
const COLUMNS = 80;

/** The colours of a terminal, by the codes that paint them. */
const COLORS: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '33': '#d29922',
  '2': '#8b949e',
};

/** Lints a program, and draws what is printed. */
export async function drawnFinding(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'));
  try {
    writeFileSync(join(folder, 'openSupport.ts'), PROGRAM);
    const args = readArguments(['--color']);
    if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
    const screen = { terminal: null, format: 'codeframe', columns: COLUMNS, hasColors: true };
    const { output } = await lint(args, folder, screen);
    return drawn(['$ npx eslint-plugin-intercom-jwt', '', ...output.split('\n')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function drawn(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.map(
    (line, index) =>
      `<text x="${MARGIN}" y="${MARGIN + (index + 0.75) * LINE}" xml:space="preserve">${painted(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What the command prints of a call that can be made without a user JWT">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g fill="#e6edf3" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="14">
${texts.join('\n')}
</g>
</svg>
`;
}

/** A line with the codes of a terminal, as parts that have a colour each. */
function painted(line: string): string {
  let color = '';
  let isBold = false;
  return line
    .split('\u001B[')
    .map((part, index) => {
      const [, code = '', text = ''] =
        index === 0 ? [null, '', part] : (/^(\d+)m([^]*)$/u.exec(part) ?? []);
      if (code === '1') isBold = true;
      else if (code === '22') [isBold, color] = [false, color === COLORS['2'] ? '' : color];
      else if (code === '39') color = '';
      else color = COLORS[code] ?? color;
      if (text === '') return '';
      const fill = color === '' ? '' : ` fill="${color}"`;
      const weight = isBold ? ' font-weight="bold"' : '';
      return `<tspan${fill}${weight}>${escaped(text)}</tspan>`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
