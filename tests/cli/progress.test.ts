import { Writable } from 'node:stream';

import { expect, test } from 'vitest';

import { Progress } from '../../src/cli/progress.ts';

function terminal(columns = 80): { readonly stream: Writable & { columns: number }; text: string } {
  const seen = { stream: null as unknown as Writable & { columns: number }, text: '' };
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      seen.text += chunk.toString();
      done();
    },
  });
  seen.stream = Object.assign(stream, { columns });
  return seen;
}

test('a short run shows nothing', () => {
  let now = 0;
  const seen = terminal();
  const progress = new Progress(seen.stream, 10, () => now);
  for (let file = 0; file < 10; file += 1) {
    now += 99;
    progress.advance();
  }
  progress.clear();
  expect(seen.text).toBe('');
});

test('a long run shows how far it has come, and takes the bar away', () => {
  let now = 0;
  const seen = terminal();
  const progress = new Progress(seen.stream, 4, () => now);
  now = 1000;
  progress.advance();
  expect(seen.text).toMatch(/Linting █{6}░{18} 1 of 4 files$/u);
  now = 1050;
  progress.advance();
  expect(seen.text).not.toContain('2 of 4');
  now = 1100;
  progress.advance();
  expect(seen.text).toMatch(/Linting █{18}░{6} 3 of 4 files$/u);
  progress.clear();
  // The cursor goes to the first column, and the line is cleared.
  expect(seen.text.endsWith('\u001B[1G\u001B[2K')).toBe(true);
});

test('a narrow terminal shows what there is room for', () => {
  let now = 0;
  const seen = terminal(12);
  const progress = new Progress(seen.stream, 4, () => now);
  now = 2000;
  progress.advance();
  expect(seen.text).toMatch(/Linting ███$/u);
});

test('files that are read twice count once', () => {
  let now = 0;
  const seen = terminal();
  const progress = new Progress(seen.stream, 2, () => now);
  now = 2000;
  for (let file = 0; file < 3; file += 1) {
    now += 100;
    progress.advance();
  }
  expect(seen.text).toMatch(/Linting █{24} 2 of 2 files$/u);
});
