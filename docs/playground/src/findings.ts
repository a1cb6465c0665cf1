/** The list of what is found: of the chosen one, the way into it, and what can be done. */

import type { Step } from 'eslint-plugin-intercom-jwt/browser';

import { element, prose } from './dom.ts';
import type { Change, Found } from './protocol.ts';

/** The pages of the docs, from where the playground is. */
const RULES = '../rules/';

export interface Handlers {
  readonly chosen: (index: number) => void;
  readonly jumped: (step: Step) => void;
  readonly applied: (change: Change) => void;
}

/** How a state is painted. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:fresh|used)$/u, 'is-set'],
  [/pending|begun/u, 'is-waiting'],
  [/./u, 'is-without'],
];

/** The entries of the list. */
export function entriesOf(
  found: readonly Found[],
  chosen: number | null,
  handlers: Handlers,
): readonly HTMLElement[] {
  return found.map((one, index) => entryOf(one, index, index === chosen, handlers));
}

function entryOf(one: Found, index: number, isChosen: boolean, handlers: Handlers): HTMLElement {
  const details = `finding-${index}`;
  const head = element(
    'button',
    {
      class: 'finding-head',
      attributes: {
        type: 'button',
        'aria-expanded': String(isChosen),
        'aria-controls': details,
        'data-finding': String(index),
      },
      on: {
        click: () => {
          handlers.chosen(index);
        },
      },
    },
    element('span', {
      class: `severity ${one.isError ? 'is-error' : 'is-warning'}`,
      text: one.isError ? 'error' : 'warning',
    }),
    element('span', { class: 'place', text: `line ${one.line}` }),
    element('span', { class: 'message' }, ...prose(one.message)),
  );
  return element(
    'li',
    { class: isChosen ? 'finding is-chosen' : 'finding' },
    element('h3', {}, head),
    element(
      'div',
      { class: 'details', attributes: { id: details, hidden: !isChosen } },
      ...(isChosen ? detailsOf(one, handlers) : []),
    ),
  );
}

function detailsOf(
  { rule, steps, suggestions }: Found,
  handlers: Handlers,
): readonly HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (steps.length > 0) {
    parts.push(
      element('h4', { text: 'The way into it' }),
      element(
        'ol',
        { class: 'way' },
        ...steps.map((step) => stepOf(step, step.n === steps.length, handlers)),
      ),
    );
  }
  if (suggestions.length > 0) {
    parts.push(
      element('h4', { text: 'What can be done' }),
      element(
        'ul',
        { class: 'suggestions' },
        ...suggestions.map(({ text, change }) =>
          element(
            'li',
            {},
            element('span', {}, ...prose(text)),
            element('button', {
              class: 'action',
              text: 'Apply',
              attributes: { type: 'button', 'aria-label': `Apply: ${text.replaceAll('`', '')}` },
              on: {
                click: () => {
                  handlers.applied(change);
                },
              },
            }),
          ),
        ),
      ),
    );
  }
  if (rule !== null) {
    parts.push(
      element(
        'p',
        { class: 'about' },
        element('a', {
          text: rule,
          attributes: { href: `${RULES}${rule}.html`, target: '_blank' },
        }),
        ' tells what is reported, and why',
      ),
    );
  }
  return parts;
}

function stepOf(step: Step, isLast: boolean, handlers: Handlers): HTMLElement {
  const { n, text, stateBefore, stateAfter, depth, essential } = step;
  const names = ['step', isLast ? 'is-last' : '', essential ? '' : 'is-aside'];
  return element(
    'li',
    { attributes: { style: `--depth: ${Math.min(depth, 4)}` } },
    element(
      'button',
      {
        class: names.filter((name) => name !== '').join(' '),
        attributes: { type: 'button', 'data-step': String(n) },
        on: {
          click: () => {
            handlers.jumped(step);
          },
        },
      },
      element('span', { class: 'number', text: String(n) }),
      element('span', { class: 'what' }, ...prose(text)),
      statesOf(stateBefore, stateAfter),
    ),
  );
}

/** The state of the session behind a step, with the one before it where that was another. */
function statesOf(before: string | null, after: string | null): HTMLElement | null {
  if (after === null) return null;
  const chip = (state: string): HTMLElement => {
    const [, kind = ''] = KINDS.find(([pattern]) => pattern.test(state)) ?? [];
    return element('span', { class: `state ${kind}`, text: state });
  };
  const isChanged = before !== null && before !== after;
  return element(
    'span',
    { class: 'states' },
    ...(isChanged ? [chip(before), element('span', { class: 'to', text: '→' })] : []),
    chip(after),
  );
}
