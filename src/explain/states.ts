/** What the states of a session are to those who look at a way. */

/** Whether a call has its user JWT: a state is of one of these, or of none where nothing is told. */
export type Tone = 'set' | 'waiting' | 'without' | 'plain';

interface Shown {
  readonly tone: Tone;
  readonly words: string;
}

const SHOWN: Readonly<Partial<Record<string, Shown>>> = {
  unset: { tone: 'without', words: 'no user JWT' },
  pending: { tone: 'waiting', words: 'being set, not waited for' },
  begun: { tone: 'waiting', words: 'set later, not waited for' },
  rejected: { tone: 'without', words: 'setting it failed' },
  cleared: { tone: 'without', words: 'user JWT cleared' },
  closed: { tone: 'without', words: 'logged out, no user JWT' },
  guest: { tone: 'without', words: 'guest, no user JWT' },
  'guest pending': { tone: 'waiting', words: 'guest, user JWT being set' },
  'guest rejected': { tone: 'without', words: 'guest, setting it failed' },
  'guest cleared': { tone: 'without', words: 'guest, user JWT cleared' },
  fresh: { tone: 'set', words: 'user JWT set' },
  used: { tone: 'set', words: 'user JWT set and used' },
  live: { tone: 'set', words: 'session taken to be there' },
  'live pending': { tone: 'waiting', words: 'session there, next user JWT being set' },
  'live rejected': { tone: 'without', words: 'session there, next user JWT failed' },
};

/** The tone of a state. */
export function toneOf(state: string | null): Tone {
  return state === null ? 'plain' : (SHOWN[state]?.tone ?? 'without');
}

/** What a state is called; the name that the model has for it where it has no words. */
export function wordsOf(state: string): string {
  return SHOWN[state]?.words ?? state;
}
