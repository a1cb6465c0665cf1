/** Blocks of code that are live: what is found in them is told below them, and they can be tried. */

import { deflateRawSync } from 'node:zlib';

import { parser } from 'typescript-eslint';
import { Linter } from 'eslint';
import plugin from 'eslint-plugin-intercom-jwt/browser';

import { PACKED } from '../playground/src/link.ts';
import { written, type Language } from '../playground/src/state.ts';
import { message as asHtml } from '../../src/explain/page/escape.ts';

const PRESET = 'recommended';

const linter = new Linter({ cwd: '/docs' });

/** The link to the playground with a block of code in it, from the root of the site. */
function tryOf(code: string, language: Language): string {
  const state = { code, language, preset: PRESET, options: '' } as const;
  const packed = deflateRawSync(written(state), { level: 9 }).toString('base64url');
  return `/playground/${PACKED}${packed}`;
}

/**
 * What stands below a block of code, as HTML: a link to the playground.
 *
 * @param isTold whether what is found in it is told above the link
 */
export function below(code: string, language: Language, base: string, isTold: boolean): string {
  const address = base + tryOf(code, language).slice(1);
  const link = `<a class="try-it" href="${address}" target="_self">Try it in the playground</a>`;
  return `<div class="live" v-pre>${isTold ? listOf(findingsIn(code, language)) : ''}${link}</div>`;
}

function findingsIn(code: string, language: Language): readonly Linter.LintMessage[] {
  const config: Linter.Config[] = [
    ...plugin.configs[PRESET],
    { files: ['**/*.*'], languageOptions: { parser } },
    { settings: { 'intercom-jwt': { suggestions: false } } },
  ];
  return linter.verify(code, config, { filename: `/docs/example.${language}` });
}

function listOf(findings: readonly Linter.LintMessage[]): string {
  if (findings.length === 0) return '';
  const items = findings.map(
    ({ line, message }) => `<li><span class="line">line ${line}</span> ${asHtml(message)}</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}
