/** The playground: an editor, what is found in it, and a link to both. */

import examples from 'virtual:examples';

import './style.css';
import { followAppearance } from './appearance.ts';
import { element } from './dom.ts';
import { Editor } from './editor.ts';
import { entriesOf } from './findings.ts';
import { hashOf, stateOf } from './link.ts';
import { Linting } from './linting.ts';
import type { Change, Found, Outcome } from './protocol.ts';
import { isOneOf, LANGUAGES, PRESETS, type Language, type Preset, type State } from './state.ts';
import { START } from './start.ts';

/** So long is waited behind a change, in milliseconds, before it is linted, */
const PAUSE = 150;

/** and so long before it is written into the address. */
const PAUSE_OF_LINK = 400;

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  js: 'JavaScript',
  jsx: 'JavaScript with JSX',
  ts: 'TypeScript',
  tsx: 'TypeScript with JSX',
};

const HINT = `{
  "rules": {
    "require-set-user-jwt": ["error", { "helpers": "every-path" }]
  },
  "settings": { "clients": ["cordova"] }
}`;

const UNREADABLE =
  'This link cannot be read: it is cut off, or not one of the playground. Here is an example instead.';

let language: Language = START.language;
let preset: Preset = START.preset;
/** What was found last, and in which text. */
let found: readonly Found[] = [];
let foundIn: string | null = null;
let chosen: number | null = null;
/** The link that the page has written itself. */
let ownHash = '';
let lintTimer = 0;
let linkTimer = 0;

followAppearance();

const exampleChoice = choice(
  'Example',
  [['', 'Choose…'], ...examples.map(({ rule }): [string, string] => [rule, rule])],
  (rule) => {
    const example = examples.find((one) => one.rule === rule);
    if (example !== undefined) {
      enter({ ...state(), code: example.code, language: example.language, preset: 'recommended' });
    }
  },
);
const languageChoice = choice(
  'Language',
  LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]]),
  (value) => {
    if (isOneOf(LANGUAGES, value)) language = value;
    editor.speak(language);
    changed();
  },
);
const presetChoice = choice(
  'Configuration',
  PRESETS.map((one) => [one, one]),
  (value) => {
    if (isOneOf(PRESETS, value)) preset = value;
    changed();
  },
);

const options = element('textarea', {
  attributes: {
    id: 'options',
    rows: '7',
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    placeholder: HINT,
    'aria-describedby': 'options-help options-problem',
  },
  on: {
    input: () => {
      changed();
    },
  },
});
const optionsProblem = element('p', {
  class: 'problem',
  attributes: { id: 'options-problem', role: 'alert', hidden: true },
});
const optionsPanel = element(
  'section',
  { class: 'options', attributes: { id: 'options-panel', hidden: true } },
  element('label', {
    text: 'Rules and settings beside the configuration, as JSON',
    attributes: { for: 'options' },
  }),
  options,
  element('p', {
    class: 'help',
    text: 'Rules by their names, with severity and options, as in a configuration of ESLint; settings as under settings["intercom-jwt"].',
    attributes: { id: 'options-help' },
  }),
  optionsProblem,
);
const optionsButton = element('button', {
  class: 'tool',
  text: 'Options',
  attributes: { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'options-panel' },
  on: {
    click: () => {
      showOptions(optionsPanel.hidden === true);
    },
  },
});
const shareButton = element('button', {
  class: 'tool is-primary',
  text: 'Copy link',
  attributes: { type: 'button' },
  on: {
    click: () => {
      void share();
    },
  },
});

const notice = noticeOf();
const linkNotice = noticeOf();
const status = element('p', {
  class: 'status',
  text: 'Loading the linter…',
  attributes: { role: 'status' },
});
const list = element('ol', { class: 'findings' });
const nothing = element(
  'div',
  { class: 'nothing', attributes: { hidden: true } },
  element('p', { text: 'Nothing is reported.' }),
  element('p', {
    text: 'Each text stands by itself here: what it imports from other files is not seen. In a project, these are followed.',
  }),
);
const pane = element('div', { class: 'editor' });

document.body.append(
  element(
    'header',
    {},
    element(
      'h1',
      {},
      element('a', { text: 'eslint-plugin-intercom-jwt', attributes: { href: '../' } }),
      element('span', { text: 'Playground' }),
    ),
    element(
      'nav',
      { attributes: { 'aria-label': 'Docs' } },
      element('a', { text: 'Docs', attributes: { href: '../getting-started.html' } }),
      element('a', { text: 'Rules', attributes: { href: '../overview.html#rules' } }),
      shareButton,
    ),
  ),
  element(
    'div',
    { class: 'tools', attributes: { role: 'group', 'aria-label': 'What is linted, and how' } },
    exampleChoice.label,
    languageChoice.label,
    presetChoice.label,
    optionsButton,
  ),
  optionsPanel,
  element(
    'main',
    {},
    element('section', { class: 'pane', attributes: { 'aria-label': 'Editor' } }, pane),
    element(
      'section',
      { class: 'pane results', attributes: { 'aria-label': 'Findings' } },
      status,
      linkNotice,
      notice,
      list,
      nothing,
    ),
  ),
);

const editor = new Editor(pane, {
  changed,
  clicked(offset) {
    const index = found.findIndex(({ from, to }) => from <= offset && offset <= to);
    if (index >= 0 && isCurrent()) choose(index);
  },
  chosen: apply,
});
const linting = new Linting(told);

window.addEventListener('hashchange', () => {
  if (location.hash !== ownHash) void enterHash();
});
void enterHash();

function choice(
  name: string,
  entries: readonly (readonly [value: string, text: string])[],
  listen: (value: string) => void,
): { readonly label: HTMLLabelElement; readonly select: HTMLSelectElement } {
  const select = element(
    'select',
    {
      on: {
        change: () => {
          listen(select.value);
        },
      },
    },
    ...entries.map(([value, text]) => element('option', { text, attributes: { value } })),
  );
  return { select, label: element('label', {}, element('span', { text: name }), select) };
}

function state(): State {
  return { code: editor.text, language, preset, options: options.value };
}

/** Sets the playground to what the address says. */
async function enterHash(): Promise<void> {
  const { hash } = location;
  const linked = hash === '' ? null : await stateOf(hash);
  enter(linked ?? START);
  // The address stays as it is until something is changed.
  clearTimeout(linkTimer);
  if (hash !== '' && linked === null) note(linkNotice, UNREADABLE);
}

function enter(to: State): void {
  ({ language, preset } = to);
  languageChoice.select.value = language;
  presetChoice.select.value = preset;
  exampleChoice.select.value = examples.find(({ code }) => code === to.code)?.rule ?? '';
  options.value = to.options;
  if (to.options !== '') showOptions(true);
  note(linkNotice, null);
  editor.speak(language);
  editor.replace(to.code);
  chosen = null;
  changed();
  clearTimeout(lintTimer);
  linting.ask(state());
}

/** Something has changed: it is linted, and written into the address, behind a pause. */
function changed(): void {
  clearTimeout(lintTimer);
  clearTimeout(linkTimer);
  lintTimer = window.setTimeout(() => {
    linting.ask(state());
  }, PAUSE);
  linkTimer = window.setTimeout(() => void link(), PAUSE_OF_LINK);
  document.body.classList.add('is-waiting');
}

function told(of: State, outcome: Outcome): void {
  if (of.code !== editor.text) return;
  document.body.classList.remove('is-waiting');
  const isMisconfigured = outcome.kind === 'misconfigured';
  optionsProblem.hidden = !isMisconfigured;
  optionsProblem.textContent = isMisconfigured ? outcome.problem : '';
  options.setAttribute('aria-invalid', String(isMisconfigured));
  if (isMisconfigured) showOptions(true);
  note(notice, outcome.kind === 'failed' ? outcome.problem : null);
  const before = chosen === null ? undefined : found[chosen];
  found = outcome.kind === 'found' ? outcome.found : [];
  foundIn = of.code;
  const same = found.findIndex(
    ({ rule, message }) => rule === before?.rule && message === before.message,
  );
  chosen = same >= 0 ? same : found.length > 0 ? 0 : null;
  status.textContent = outcome.kind === 'found' ? counted(found.length) : 'Not linted';
  nothing.hidden = outcome.kind !== 'found' || found.length > 0;
  editor.underline(found);
  draw();
}

function counted(count: number): string {
  return count === 0 ? 'No findings' : count === 1 ? '1 finding' : `${count} findings`;
}

/** Whether what was found is of the text as it is. */
function isCurrent(): boolean {
  return foundIn === editor.text;
}

function draw(): void {
  const focused = document.activeElement?.getAttribute('data-finding');
  const handlers = { chosen: toggle, jumped: jump, applied: apply };
  list.replaceChildren(...entriesOf(found, chosen, handlers));
  if (focused != null) list.querySelector<HTMLElement>(`[data-finding="${focused}"]`)?.focus();
  editor.show(chosen === null ? [] : (found[chosen]?.steps ?? []));
}

function toggle(index: number): void {
  if (index === chosen) {
    chosen = null;
    draw();
  } else choose(index);
}

function choose(index: number): void {
  chosen = index;
  draw();
  const one = found[index];
  if (one !== undefined && isCurrent()) editor.reveal(one.from);
}

function jump({ n, range }: Found['steps'][number]): void {
  if (chosen === null || !isCurrent()) return;
  for (const button of list.querySelectorAll('[data-step]')) {
    button.classList.toggle('is-active', button.getAttribute('data-step') === String(n));
  }
  editor.show(found[chosen]?.steps ?? [], n);
  editor.reveal(range[0]);
}

function apply(change: Change): void {
  // What the change was made for has to be there still.
  if (isCurrent()) editor.apply(change);
}

function showOptions(isShown: boolean): void {
  optionsPanel.hidden = !isShown;
  optionsButton.setAttribute('aria-expanded', String(isShown));
}

function noticeOf(): HTMLParagraphElement {
  return element('p', { class: 'notice', attributes: { role: 'alert', hidden: true } });
}

function note(where: HTMLParagraphElement, problem: string | null): void {
  where.hidden = problem === null;
  where.textContent = problem;
}

/** Writes the state into the address; whether it could be. */
async function link(): Promise<boolean> {
  clearTimeout(linkTimer);
  const hash = await hashOf(state());
  ownHash = hash ?? '';
  history.replaceState(null, '', `${location.pathname}${location.search}${ownHash}`);
  return hash !== null;
}

async function share(): Promise<void> {
  const isLinked = await link();
  let told = 'Too long for a link';
  if (isLinked) {
    try {
      await navigator.clipboard.writeText(location.href);
      told = 'Copied';
    } catch {
      told = 'It is in the address bar';
    }
  }
  shareButton.textContent = told;
  setTimeout(() => {
    shareButton.textContent = 'Copy link';
  }, 2000);
}
