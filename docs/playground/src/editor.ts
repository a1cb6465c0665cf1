/** The editor, with what is found underlined, and the steps of a way numbered in it. */

import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, StateEffect, StateField, type Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';

import { element } from './dom.ts';
import type { Change, Found } from './protocol.ts';
import type { Language } from './state.ts';

/** What is shown of a way: the steps, and which of them was jumped to. */
interface Way {
  readonly steps: Found['steps'];
  readonly active: number | null;
}

const showWay = StateEffect.define<Way>();

/** The numbers of the steps that begin at a place. */
class Numbers extends WidgetType {
  readonly #text: string;
  readonly #isLast: boolean;
  readonly #isActive: boolean;

  constructor(text: string, isLast: boolean, isActive: boolean) {
    super();
    this.#text = text;
    this.#isLast = isLast;
    this.#isActive = isActive;
  }

  override eq(other: Numbers): boolean {
    return (
      other.#text === this.#text &&
      other.#isLast === this.#isLast &&
      other.#isActive === this.#isActive
    );
  }

  override toDOM(): HTMLElement {
    const names = ['cm-number', this.#isLast ? 'is-last' : '', this.#isActive ? 'is-active' : ''];
    // What is in the list beside the editor needs not be read twice.
    const attributes = { 'aria-hidden': 'true' };
    return element('span', { class: names.join(' ').trim(), text: this.#text, attributes });
  }
}

const way = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    let now = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(showWay)) now = decorated(effect.value, transaction.newDoc.length);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorated({ steps, active }: Way, length: number): DecorationSet {
  const at = new Map<number, number[]>();
  const ranges: Range<Decoration>[] = [];
  for (const { n, range } of steps) {
    const [from, to] = range;
    if (to > length) continue;
    at.set(from, [...(at.get(from) ?? []), n]);
    if (from === to) continue;
    const isLast = n === steps.length;
    const names = ['cm-step', isLast ? 'is-last' : '', n === active ? 'is-active' : ''];
    ranges.push(Decoration.mark({ class: names.join(' ').trim() }).range(from, to));
  }
  for (const [from, numbers] of at) {
    const isLast = numbers.includes(steps.length);
    const isActive = active !== null && numbers.includes(active);
    const widget = new Numbers(numbers.join(' '), isLast, isActive);
    ranges.push(Decoration.widget({ widget, side: -1 }).range(from));
  }
  return Decoration.set(ranges, true);
}

/** Colours are those of the style sheet, which knows of light and dark. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.className, tags.namespace], color: 'var(--code-type)' },
  { tag: [tags.tagName, tags.angleBracket], color: 'var(--code-tag)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    color: 'var(--code-function)',
  },
]);

export interface Listeners {
  /** The text has changed. */
  readonly changed: () => void;
  /** A place of the text was clicked. */
  readonly clicked: (offset: number) => void;
  /** A suggestion is to be applied. */
  readonly chosen: (change: Change) => void;
}

export class Editor {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  readonly #listeners: Listeners;

  constructor(parent: HTMLElement, listeners: Listeners) {
    this.#listeners = listeners;
    this.#view = new EditorView({
      parent,
      extensions: [
        basicSetup,
        this.#language.of([]),
        syntaxHighlighting(COLOURS),
        way,
        EditorView.contentAttributes.of({ 'aria-label': 'Code' }),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) listeners.changed();
        }),
        EditorView.domEventHandlers({
          click: (event, view) => {
            const offset = view.posAtCoords(event);
            if (offset !== null) listeners.clicked(offset);
          },
        }),
      ],
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Puts another text in place of all that is there. */
  replace(text: string): void {
    const { length } = this.#view.state.doc;
    this.#view.dispatch({
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: 0 },
      effects: [showWay.of({ steps: [], active: null }), EditorView.scrollIntoView(0)],
    });
  }

  speak(language: Language): void {
    const isTyped = language === 'ts' || language === 'tsx';
    const isWithJsx = language === 'jsx' || language === 'tsx';
    const support = javascript({ typescript: isTyped, jsx: isWithJsx });
    this.#view.dispatch({ effects: this.#language.reconfigure(support) });
  }

  apply(change: Change): void {
    this.#view.dispatch({ changes: change, userEvent: 'input' });
  }

  underline(found: readonly Found[]): void {
    const { length } = this.#view.state.doc;
    const diagnostics = found.map(
      ({ from, to, isError, message, rule, suggestions }): Diagnostic => ({
        from: Math.min(from, length),
        to: Math.min(to, length),
        severity: isError ? 'error' : 'warning',
        message,
        ...(rule !== null && { source: rule }),
        actions: suggestions.map(({ text, change }) => ({
          name: text,
          apply: () => {
            this.#listeners.chosen(change);
          },
        })),
      }),
    );
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Numbers the steps of a way. */
  show(steps: Found['steps'], active: number | null = null): void {
    this.#view.dispatch({ effects: showWay.of({ steps, active }) });
  }

  /** Brings a place into view. */
  reveal(from: number): void {
    const place = EditorView.scrollIntoView(Math.min(from, this.#view.state.doc.length), {
      y: 'center',
    });
    this.#view.dispatch({ effects: place });
  }
}
