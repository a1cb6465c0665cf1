/** Expressions that are a length of time, or a time, in all the ways in which people write them. */

import type { Writer } from './writer.ts';

/** What an expression is to be. */
export type Kind =
  /** A number of seconds, or of milliseconds. */
  | 'seconds'
  | 'milliseconds'
  /** `5m` */
  | 'text'
  /** Seconds since the epoch. */
  | 'time'
  /** Milliseconds since the epoch. */
  | 'millisecondTime'
  /** A `Date`. */
  | 'date';

/** Writes an expression of a kind that may be put together in any way. */
export type Write = (kind: Kind, length: number) => string;

interface Form {
  readonly form: string;
  /** Null where it cannot write this length. */
  readonly write: (w: Writer, length: number, part: Write) => string | null;
}

/** Lengths in seconds. */
const LENGTHS = [300, 60, 3600, 90, 600, 1800, 45, 7200, 86_400];

const SCALES = { seconds: 1, milliseconds: 1000 } as const;

const minutesOf = (length: number): number | null => (length % 60 === 0 ? length / 60 : null);

const inMinutes =
  (write: (minutes: number, w: Writer) => string) =>
  (w: Writer, length: number): string | null => {
    const minutes = minutesOf(length);
    return minutes === null ? null : write(minutes, w);
  };

function spans(unit: 'seconds' | 'milliseconds'): readonly Form[] {
  const scale = SCALES[unit];
  const product = scale === 1 ? '60' : '60 * 1000';
  return [
    { form: 'number', write: (_, length) => String(length * scale) },
    { form: 'product', write: inMinutes((minutes) => `${minutes} * ${product}`) },
    {
      form: 'constant unit',
      write: inMinutes(
        (minutes, w) => `${minutes} * ${w.atTop(() => w.constant('MINUTE', product))}`,
      ),
    },
    { form: 'Number()', write: (_, length) => `Number('${length * scale}')` },
    { form: 'parseInt()', write: (_, length) => `parseInt('${length * scale}', 10)` },
    { form: 'unary plus', write: (_, length) => `+'${length * scale}'` },
    { form: 'Math', write: (_, length) => `Math.floor(${length * scale}.5)` },
    { form: 'Math.min', write: (_, length, part) => `Math.min(${part(unit, length)}, 1e9)` },
    { form: 'Math.max', write: (_, length, part) => `Math.max(${part(unit, length)}, 1)` },
    { form: 'sum', write: (_, length, part) => `${part(unit, length)} + 0` },
    { form: 'division', write: (_, length) => `${length * scale * 4} / 4` },
    { form: 'or zero', write: (_, length, part) => `(${part(unit, length)} | 0)` },
    {
      form: 'ms()',
      write: inMinutes((minutes, w) => {
        const call = `${w.import('ms', 'default', 'ms')}('${minutes}m')`;
        return scale === 1 ? `${call} / 1000` : call;
      }),
    },
    {
      form: 'itty-time',
      write: inMinutes((minutes, w) => {
        const name = scale === 1 ? 'seconds' : 'ms';
        return `${w.import('itty-time', name, w.name(name))}('${minutes} minutes')`;
      }),
    },
    {
      form: 'parse-duration',
      write: inMinutes((minutes, w) => {
        const name = w.import('parse-duration', 'default', 'parseDuration');
        return w.choices.pick([
          `${name}('${minutes}m', '${scale === 1 ? 's' : 'ms'}')`,
          `${name}('${minutes - 1} min 60 secs')${scale === 1 ? ' / 1000' : ''}`,
        ]);
      }),
    },
    {
      form: 'date-fns span',
      write: inMinutes((minutes, w) => {
        const name = scale === 1 ? 'minutesToSeconds' : 'minutesToMilliseconds';
        return `${w.import('date-fns', name)}(${minutes})`;
      }),
    },
    {
      form: 'luxon span',
      write: inMinutes((minutes, w) => {
        const from = `${w.import('luxon', 'Duration')}.fromObject({ minutes: ${minutes} })`;
        return scale === 1 ? `${from}.as('seconds')` : `${from}.toMillis()`;
      }),
    },
    {
      form: 'moment span',
      write: inMinutes((minutes, w) => {
        const from = `${w.import('moment', 'default', 'moment')}.duration(${minutes}, 'minutes')`;
        return scale === 1 ? `${from}.asSeconds()` : `${from}.asMilliseconds()`;
      }),
    },
    {
      form: 'helper of minutes',
      write: inMinutes((minutes, w) => {
        const helper = w.atTop(() => w.constant('minutes', `(n) => n * ${product}`));
        return `${helper}(${minutes})`;
      }),
    },
    {
      form: 'helper of parts',
      write: inMinutes((minutes, w) => {
        const helper = w.name('span');
        w.atTop(() => {
          w.declare(
            `function ${helper}({ hours = 0, minutes = 0 }) { return (hours * 60 + minutes) * ${product}; }`,
          );
        });
        return `${helper}({ minutes: ${minutes} })`;
      }),
    },
    {
      form: 'static method',
      write: inMinutes((minutes, w) => {
        const name = w.name('Span');
        w.atTop(() => {
          w.declare(`class ${name} { static minutes(n) { return n * ${product}; } }`);
        });
        return `${name}.minutes(${minutes})`;
      }),
    },
    {
      form: 'enum',
      write(w, length) {
        w.isTyped = true;
        const name = w.name('Life');
        w.atTop(() => {
          w.declare(`enum ${name} { Long = 99999, Short = ${length * scale} }`);
        });
        return `${name}.Short`;
      },
    },
    {
      form: 'sum in a loop',
      write: inMinutes((minutes, w) => {
        const name = w.name('total');
        w.atTop(() => {
          w.declare(`let ${name} = 0; for (let i = 0; i < ${minutes}; i++) ${name} += ${product};`);
        });
        return name;
      }),
    },
    {
      form: 'reduce',
      write: inMinutes((minutes) => `[${minutes}, ${60 * scale}].reduce((a, b) => a * b, 1)`),
    },
  ];
}

const TEXTS: readonly Form[] = [
  { form: 'text', write: inMinutes((minutes) => `'${minutes}m'`) },
  { form: 'text of seconds', write: (_, length) => `'${length}s'` },
  { form: 'text in words', write: inMinutes((minutes) => `'${minutes} minutes'`) },
  {
    form: 'text with a fraction',
    write: (_, length) => (length % 90 === 0 ? `'${length / 3600}h'` : null),
  },
  { form: 'template', write: inMinutes((minutes) => `\`\${${minutes}}m\``) },
  { form: 'template of a part', write: (_, length, part) => `\`\${${part('seconds', length)}}s\`` },
  { form: 'concatenation', write: (_, length, part) => `(${part('seconds', length)}) + 's'` },
  { form: 'concat()', write: inMinutes((minutes) => `'${minutes}'.concat('m')`) },
  { form: 'String()', write: (_, length) => `String(${length}) + 's'` },
  { form: 'toString()', write: (_, length) => `(${length}).toString() + 's'` },
  { form: 'trim()', write: inMinutes((minutes) => `' ${minutes}m '.trim()`) },
  { form: 'toLowerCase()', write: inMinutes((minutes) => `'${minutes}M'.toLowerCase()`) },
  { form: 'join()', write: inMinutes((minutes) => `[${minutes}, 'm'].join('')`) },
];

/** A function that tells the time in seconds. */
function clock(w: Writer): string {
  return w.choices.pick([
    (): string => w.atTop(() => w.constant('now', '() => Math.floor(Date.now() / 1000)')),
    (): string => {
      const name = w.name('seconds');
      w.atTop(() => {
        w.declare(`function ${name}() { return Math.floor(new Date().getTime() / 1000); }`);
      });
      return name;
    },
    (): string => {
      const name = w.name('Clock');
      w.atTop(() => {
        w.declare(`class ${name} { static now() { return Math.round(Date.now() / 1000); } }`);
      });
      return `${name}.now`;
    },
  ])();
}

const TIMES: readonly Form[] = [
  {
    form: 'time by floor',
    write: (_, length, part) => `Math.floor(Date.now() / 1000) + ${part('seconds', length)}`,
  },
  {
    form: 'time by floor of a sum',
    write: (_, length, part) => `Math.floor((Date.now() + ${part('milliseconds', length)}) / 1000)`,
  },
  {
    form: 'time by a clock',
    write: (w, length, part) => `${clock(w)}() + ${part('seconds', length)}`,
  },
  {
    form: 'time by bits',
    write: (_, length, part) => `(Date.now() / 1000 | 0) + ${part('seconds', length)}`,
  },
  {
    form: 'time by tildes',
    write: (_, length, part) => `~~(Date.now() / 1000) + (${part('seconds', length)})`,
  },
  {
    form: 'time by new Date()',
    write: (_, length, part) =>
      `Math.round(new Date().getTime() / 1000) + (${part('seconds', length)})`,
  },
  {
    form: 'time of a date',
    write: (_, length, part) => `Math.floor(${part('date', length)}.getTime() / 1000)`,
  },
  {
    form: 'time of a date by valueOf',
    write: (_, length, part) => `Math.trunc(${part('date', length)}.valueOf() / 1000)`,
  },
  {
    form: 'getUnixTime',
    write: (w, length, part) => `${w.import('date-fns', 'getUnixTime')}(${part('date', length)})`,
  },
  {
    form: 'dayjs',
    write: inMinutes(
      (minutes, w) => `${w.import('dayjs', 'default', 'dayjs')}().add(${minutes}, 'minute').unix()`,
    ),
  },
  {
    form: 'moment',
    write: inMinutes(
      (minutes, w) =>
        `${w.import('moment', 'default', 'moment')}().add(${minutes}, 'minutes').unix()`,
    ),
  },
  {
    form: 'luxon',
    write: inMinutes(
      (minutes, w) =>
        `${w.import('luxon', 'DateTime')}.now().plus({ minutes: ${minutes} }).toUnixInteger()`,
    ),
  },
  {
    form: 'time by a helper',
    write(w, length, part) {
      const now = clock(w);
      const helper = w.atTop(() => w.constant('after', `(seconds) => ${now}() + seconds`));
      return `${helper}(${part('seconds', length)})`;
    },
  },
  {
    form: 'time by a default',
    write(w, length, part) {
      const now = clock(w);
      const name = w.name('until');
      w.atTop(() => {
        w.declare(`function ${name}(seconds, from = ${now}()) { return from + seconds; }`);
      });
      return `${name}(${part('seconds', length)})`;
    },
  },
  {
    form: 'time by a helper with a local',
    write(w, length, part) {
      const name = w.name('expiry');
      w.atTop(() => {
        w.declare(
          `function ${name}(life) { const now = Math.floor(Date.now() / 1000); const exp = now + life; return exp; }`,
        );
      });
      return `${name}(${part('seconds', length)})`;
    },
  },
  {
    form: 'date that is changed',
    write: inMinutes((minutes, w) => {
      const name = w.name('later');
      w.atTop(() => {
        w.declare(
          `function ${name}() { const d = new Date(); d.setMinutes(d.getMinutes() + ${minutes}); return Math.floor(d.getTime() / 1000); }`,
        );
      });
      return `${name}()`;
    }),
  },
];

const MILLISECOND_TIMES: readonly Form[] = [
  {
    form: 'time in milliseconds',
    write: (_, length, part) => `Date.now() + ${part('milliseconds', length)}`,
  },
  {
    form: 'time in milliseconds of a date',
    write: (_, length, part) => `${part('date', length)}.getTime()`,
  },
];

const DATES: readonly Form[] = [
  {
    form: 'new Date()',
    write: (_, length, part) => `new Date(Date.now() + ${part('milliseconds', length)})`,
  },
  {
    form: 'addMinutes',
    write: inMinutes(
      (minutes, w) => `${w.import('date-fns', 'addMinutes')}(new Date(), ${minutes})`,
    ),
  },
  {
    form: 'addSeconds',
    write: (w, length, part) =>
      `${w.import('date-fns', 'addSeconds')}(new Date(), ${part('seconds', length)})`,
  },
  {
    form: 'add',
    write: inMinutes(
      (minutes, w) => `${w.import('date-fns', 'add')}(new Date(), { minutes: ${minutes} })`,
    ),
  },
  {
    form: 'date of a time',
    write: (_, length, part) => `new Date((${part('time', length)}) * 1000)`,
  },
  {
    form: 'dayjs date',
    write: inMinutes(
      (minutes, w) => `${w.import('dayjs', 'default', 'dayjs')}().add(${minutes}, 'm').toDate()`,
    ),
  },
];

const FORMS: Readonly<Record<Kind, readonly Form[]>> = {
  seconds: spans('seconds'),
  milliseconds: spans('milliseconds'),
  text: TEXTS,
  time: TIMES,
  millisecondTime: MILLISECOND_TIMES,
  date: DATES,
};

/** One of the lengths of time, in seconds. */
export function lengthOf(w: Writer): number {
  return w.choices.pick(LENGTHS);
}

/**
 * An expression of a kind.
 *
 * @param part writes the expressions that it is made of
 */
export function leaf(w: Writer, kind: Kind, length: number, part: Write): string {
  const { form, write } = w.choices.pick(FORMS[kind]);
  const text = write(w, length, part);
  if (text !== null) {
    w.form(form);
    return text;
  }
  for (const other of FORMS[kind]) {
    const text = other.write(w, length, part);
    if (text === null) continue;
    w.form(other.form);
    return text;
  }
  throw new Error(`no ${kind} of ${length}`);
}
