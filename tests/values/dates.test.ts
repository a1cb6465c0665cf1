/** The model of dates beside the libraries: each form is really run, at several times. */

import * as lukeed from '@lukeed/ms';
import * as dateFns from 'date-fns';
import * as dateFnsConstants from 'date-fns/constants';
import * as dayjs from 'dayjs';
import * as dayjsDuration from 'dayjs/plugin/duration.js';
import * as dayjsObjectSupport from 'dayjs/plugin/objectSupport.js';
import * as dayjsUtc from 'dayjs/plugin/utc.js';
import * as ittyTime from 'itty-time';
import * as luxon from 'luxon';
import * as moment from 'moment';
import * as ms from 'ms';
import * as oslo from 'oslo';
import * as parseDuration from 'parse-duration';
import * as temporal from 'temporal-polyfill';
import ts from 'typescript';
import { afterEach, describe, expect, test, vi } from 'vitest';

import type { Value } from '../../src/values/evaluate.ts';
import { toNumber } from '../../src/values/operators.ts';
import { sinceNow, timeUnit, type Linear } from '../../src/values/linear.ts';
import { evaluated } from '../helpers/minted.ts';

const PACKAGES: ReadonlyMap<string, object> = new Map<string, object>([
  ['@lukeed/ms', lukeed],
  ['date-fns', dateFns],
  ['date-fns/constants', dateFnsConstants],
  ['dayjs', dayjs],
  ['dayjs/plugin/duration', dayjsDuration],
  ['dayjs/plugin/objectSupport', dayjsObjectSupport],
  ['dayjs/plugin/utc', dayjsUtc],
  ['itty-time', ittyTime],
  ['luxon', luxon],
  ['moment', moment],
  ['ms', ms],
  ['oslo', oslo],
  ['parse-duration', parseDuration],
  ['temporal-polyfill', temporal],
]);

function load(specifier: string): object {
  return { ...PACKAGES.get(specifier), __esModule: true };
}

/** Times that are not on the second; months of all lengths lie between them. */
const CLOCKS = [
  '2024-01-31T23:58:03.123Z',
  '2025-06-15T12:00:00.000Z',
  '2026-11-30T05:30:59.999Z',
].map((time) => Date.parse(time));

afterEach(() => {
  vi.useRealTimers();
});

/** Runs a program with the clock stopped, and gives its constant `result`. */
function run(source: string, now: number): unknown {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function('require', 'exports', `${outputText}; return result;`) as (
    require: typeof load,
    exports: object,
  ) => unknown;
  const value = program(load, {});
  vi.useRealTimers();
  return value;
}

/** The one value that the model has for the constant `result`. */
function modelled(source: string): Value {
  const { values } = evaluated(source);
  expect(values, source).toHaveLength(1);
  return values[0].value;
}

/** A number of the model, whatever it is in. */
function linearOf(value: Value, source: string): Linear {
  const { linear } = toNumber(value);
  if (linear === null) throw new Error(`${source} is not known: ${value.kind}`);
  return linear;
}

/** Expects the model to hold when the program is run, and gives what the model says. */
function compared(source: string): Linear {
  const value = modelled(source);
  const linear = linearOf(value, source);
  for (const now of CLOCKS) {
    const actual = Number(run(source, now));
    if (Number.isNaN(linear.offset)) {
      expect(actual, source).toBeNaN();
      continue;
    }
    const nominal = linear.slope * now + linear.offset;
    expect(actual, `${source} at ${now}`).toBeGreaterThanOrEqual(nominal + linear.low - 1e-6);
    expect(actual, `${source} at ${now}`).toBeLessThanOrEqual(nominal + linear.high + 1e-6);
    if (value.kind === 'number') expect(typeof run(source, now), source).toBe('number');
  }
  return linear;
}

const IMPORTS = `import * as dateFns from 'date-fns';
import { add, addDays, addHours, addMilliseconds, addMinutes, addMonths, addSeconds, addWeeks,
  addYears, differenceInMilliseconds, differenceInMinutes, differenceInSeconds, fromUnixTime,
  getTime, getUnixTime, hoursToMilliseconds, hoursToMinutes, hoursToSeconds, milliseconds,
  millisecondsToSeconds, minutesToMilliseconds, minutesToSeconds, parseISO,
  secondsToMilliseconds, sub, subMinutes, toDate } from 'date-fns';
import { millisecondsInHour, secondsInHour } from 'date-fns/constants';
import dayjs from 'dayjs';
import duration from 'dayjs/plugin/duration';
import objectSupport from 'dayjs/plugin/objectSupport';
import utc from 'dayjs/plugin/utc';
import { DateTime, Duration } from 'luxon';
import moment from 'moment';
import ms from 'ms';
import { parse } from '@lukeed/ms';
import * as itty from 'itty-time';
import parseDuration from 'parse-duration';
import { createDate, TimeSpan } from 'oslo';
import { Temporal } from 'temporal-polyfill';
dayjs.extend(duration);
dayjs.extend(objectSupport);
dayjs.extend(utc);
`;

/** By library: forms of a time or a length, with the unit and the seconds from now, or the number. */
const FORMS: Readonly<Record<string, readonly (readonly [string, string | number])[]>> = {
  language: [
    ['Math.floor(Date.now() / 1000) + 300', 'seconds 300'],
    ['Math.floor((Date.now() + 5 * 60 * 1000) / 1000)', 'seconds 300'],
    ['((Date.now() + 300000) / 1000) | 0', 'seconds 300'],
    ['~~(Date.now() / 1000) + 300', 'seconds 300'],
    ['(Date.now() / 1000 >>> 0) + 300', 'seconds 300'],
    ['Date.now() / 1000 | 0 + 300', 'seconds 0'],
    ['parseInt(String(Date.now() / 1000), 10) + 300', 'seconds 300'],
    ['+(Date.now() / 1000).toFixed() + 300', 'seconds 300'],
    ['Math.floor(+new Date() / 1000) + 300', 'seconds 300'],
    ['new Date().valueOf() / 1e3 + 300', 'seconds 300'],
    ['Date.parse(new Date().toISOString()) / 1000 + 300', 'seconds 300'],
    ['Date.parse(new Date().toString()) / 1000 + 300', 'seconds 300'],
    ['new Date(new Date().toJSON()).getTime() / 1000', 'seconds 0'],
    ['new Date(Date.now() + 3e5).getTime() / 1000', 'seconds 300'],
    ['new Date(Math.floor(Date.now() / 1000) + 300).getTime()', 'seconds 300'],
    ['new Date().setMinutes(new Date().getMinutes() + 5) / 1000', 'seconds 300'],
    ['new Date().setUTCHours(new Date().getUTCHours() + 1) / 1000', 'seconds 3600'],
    ['new Date().setDate(new Date().getDate() + 2) / 1000', 'seconds 172800'],
    ["Date.parse('2030-01-01T00:00:00Z') / 1000", 1_893_456_000],
    ['Date.UTC(2030, 0) / 1000', 1_893_456_000],
    ['Date.now() + 300', 'milliseconds 0.3'],
  ],
  ms: [
    ["ms('5m')", 300_000],
    ["ms('5 minutes') / 1000", 300],
    ["ms('300')", 300],
    ["ms('0.5h')", 1_800_000],
    ["Math.floor(Date.now() / 1000) + ms('5m') / 1000", 'seconds 300'],
    ["Math.floor(Date.now() / 1000) + ms('5m')", 'seconds 300000'],
    ["(Date.now() + ms('5m')) / 1000", 'seconds 300'],
    ["ms('1h30m')", NaN],
    ["ms('PT5M')", NaN],
    ["parse('5m')", 300_000],
    ["parse('300')", 300],
    ["parse('0')", NaN],
  ],
  'itty-time': [
    ["itty.ms('5 minutes')", 300_000],
    ["itty.ms('1 minute')", 60_000],
    ["itty.ms('300')", 300],
    ['itty.ms(300)', 300],
    ["itty.ms('1.5 hours')", 5_400_000],
    ["itty.ms('1 month')", 2_592_000_000],
    ["itty.ms('5 min')", 5],
    ["itty.ms('5m')", NaN],
    ["itty.seconds('5 minutes')", 300],
    ["itty.seconds('2 weeks')", 1_209_600],
    ["itty.seconds('1 year')", 31_557_600],
    ["itty.seconds('300')", 0.3],
    ["itty.seconds('5m')", NaN],
    ["Math.floor(Date.now() / 1000) + itty.seconds('5 minutes')", 'seconds 300'],
    ["itty.datePlus('5 minutes').getTime() / 1000", 'seconds 300'],
    ["itty.datePlus('1 day', new Date(Date.now() + 60_000)).getTime() / 1000", 'seconds 86460'],
  ],
  'parse-duration': [
    ["parseDuration('5m')", 300_000],
    ["parseDuration('5 Minutes')", 300_000],
    ["parseDuration('1h30m') / 1000", 5400],
    ["parseDuration('1 hr, 30 mins', 's')", 5400],
    ["parseDuration('5m', 's')", 300],
    ["parseDuration('300')", 300],
    ["parseDuration('300', 's')", 300],
    ["parseDuration('90 secs', 'm')", 1.5],
    ["parseDuration('1 month', 'd')", 30.4375],
    ["Math.floor(Date.now() / 1000) + parseDuration('5m', 's')", 'seconds 300'],
  ],
  'date-fns': [
    ['getUnixTime(addMinutes(new Date(), 5))', 'seconds 300'],
    ['addMinutes(new Date(), 5).getTime() / 1000', 'seconds 300'],
    ['getUnixTime(add(new Date(), { minutes: 5 }))', 'seconds 300'],
    ['getUnixTime(add(new Date(), { minutes: 4, seconds: 60 }))', 'seconds 300'],
    ['getUnixTime(add(new Date(), { milliseconds: 300 }))', 'seconds 0'],
    ['getUnixTime(dateFns.addSeconds(new Date(), 300))', 'seconds 300'],
    ['getUnixTime(addSeconds(Date.now(), 300))', 'seconds 300'],
    ['getUnixTime(addMilliseconds(new Date(), 300))', 'seconds 0.3'],
    ['getUnixTime(addHours(new Date(), 1.5))', 'seconds 5400'],
    ['getUnixTime(addDays(new Date(), 1))', 'seconds 86400'],
    ['getUnixTime(addWeeks(new Date(), 1))', 'seconds 604800'],
    ['getUnixTime(addMonths(new Date(), 1))', 'seconds 2629746'],
    ['getUnixTime(addYears(new Date(), 1))', 'seconds 31556952'],
    ['getUnixTime(subMinutes(new Date(), 5))', 'seconds -300'],
    ['getUnixTime(sub(new Date(), { minutes: 5 }))', 'seconds -300'],
    ['getUnixTime(new Date()) + 300', 'seconds 300'],
    ['getTime(addMinutes(new Date(), 5))', 'milliseconds 300'],
    ['getUnixTime(fromUnixTime(Math.floor(Date.now() / 1000) + 300))', 'seconds 300'],
    ['toDate(Date.now()).getTime()', 'milliseconds 0'],
    ['parseISO(new Date().toISOString()).getTime()', 'milliseconds 0'],
    ['minutesToSeconds(5)', 300],
    ['minutesToSeconds(1.5)', 90],
    ['hoursToSeconds(1)', 3600],
    ['hoursToMinutes(1)', 60],
    ['minutesToMilliseconds(5)', 300_000],
    ['hoursToMilliseconds(1)', 3_600_000],
    ['secondsToMilliseconds(300)', 300_000],
    ['millisecondsToSeconds(1999)', 1],
    ['milliseconds({ minutes: 5 })', 300_000],
    ['secondsInHour + millisecondsInHour', 3_603_600],
    ['differenceInSeconds(addMinutes(new Date(), 5), new Date())', 300],
    ['differenceInMinutes(addMinutes(new Date(), 5), new Date())', 5],
    ['differenceInMilliseconds(addSeconds(new Date(), 5), new Date())', 5000],
    ['addMinutes(new Date(), 5)', 'milliseconds 300'],
  ],
  dayjs: [
    ["dayjs().add(5, 'minute').unix()", 'seconds 300'],
    ["dayjs().add(5, 'm').unix()", 'seconds 300'],
    ["dayjs().add(5, 'minutes').unix()", 'seconds 300'],
    ["dayjs().add(5, 'M').unix()", 'seconds 13148730'],
    ["dayjs().add(5, 'mins').unix()", 'seconds 0.005'],
    ['dayjs().add(300).unix()', 'seconds 0.3'],
    ['dayjs().add({ minutes: 5 }).unix()', 'seconds 300'],
    ["dayjs().add(dayjs.duration(5, 'minutes')).unix()", 'seconds 300'],
    ['dayjs().add(dayjs.duration({ minutes: 5 })).unix()', 'seconds 300'],
    ["dayjs().add(1, 'day').unix()", 'seconds 86400'],
    ["dayjs().add(1, 'w').unix()", 'seconds 604800'],
    ["dayjs().add(1, 'year').unix()", 'seconds 31556952'],
    ["dayjs().subtract(5, 'minutes').unix()", 'seconds -300'],
    ['dayjs().unix() + 300', 'seconds 300'],
    ["dayjs().utc().add(5, 'm').valueOf() / 1000", 'seconds 300'],
    ["dayjs.utc().add(5, 'm').valueOf() / 1000", 'seconds 300'],
    ["+dayjs().add(5, 'm') / 1000", 'seconds 300'],
    ["dayjs().add(5, 'm') / 1000", 'seconds 300'],
    ["dayjs().add(5, 'm').toDate().getTime() / 1000", 'seconds 300'],
    ['dayjs(Date.now() + 300_000).unix()', 'seconds 300'],
    ['dayjs(new Date()).unix()', 'seconds 0'],
    ['dayjs.unix(Math.floor(Date.now() / 1000) + 300).unix()', 'seconds 300'],
    ["dayjs.duration(5, 'minutes').asSeconds()", 300],
    ["dayjs.duration({ minutes: 5 }).as('seconds')", 300],
    ["dayjs.duration('PT5M').asMilliseconds()", 300_000],
    ["dayjs().add(5, 'm').diff(dayjs(), 'seconds')", 300],
    ["dayjs().add(5, 'm').diff(dayjs())", 300_000],
    ["dayjs().add(5, 'm')", 'milliseconds 300'],
  ],
  moment: [
    ["moment().add(5, 'minutes').unix()", 'seconds 300'],
    ["moment().add(5, 'm').unix()", 'seconds 300'],
    ["moment().add('5', 'm').unix()", 'seconds 300'],
    ["moment().add(5, 'M').unix()", 'seconds 13148730'],
    ["moment().add(5, 'mins').unix()", 'seconds 0'],
    ['moment().add(300).unix()', 'seconds 0.3'],
    ['moment().add({ minutes: 5 }).unix()', 'seconds 300'],
    ["moment().add(moment.duration(5, 'minutes')).unix()", 'seconds 300'],
    ["moment().add(1.5, 'hours').unix()", 'seconds 5400'],
    ["moment().add(1, 'day').unix()", 'seconds 86400'],
    ["moment().subtract(5, 'minutes').unix()", 'seconds -300'],
    ["moment.utc().add(5, 'minutes').valueOf() / 1000", 'seconds 300'],
    ["moment().utc().add(5, 'minutes').unix()", 'seconds 300'],
    ["Number(moment().add(5, 'minutes').format('X'))", 'seconds 300'],
    ["Number(moment().format('x'))", 'milliseconds 0'],
    ['moment.now() / 1000', 'seconds 0'],
    ['moment.unix(Math.floor(Date.now() / 1000)).unix()', 'seconds 0'],
    ["moment(new Date()).clone().add(5, 'm').toDate().getTime()", 'milliseconds 300'],
    ["moment.duration(5, 'minutes').asSeconds()", 300],
    ["moment.duration('PT5M').asSeconds()", 300],
    ["moment.duration({ minutes: 5 }).as('milliseconds')", 300_000],
    ["moment().add(5, 'm').diff(moment(), 'minutes', true)", 5],
    ["+moment.duration(5, 'm')", 300_000],
  ],
  luxon: [
    ['DateTime.now().plus({ minutes: 5 }).toSeconds()', 'seconds 300'],
    ['DateTime.now().plus({ minute: 5 }).toUnixInteger()', 'seconds 300'],
    ['DateTime.now().plus({ minutes: 5 }).toMillis() / 1000', 'seconds 300'],
    ['DateTime.now().plus({ hours: 1.5 }).toUnixInteger()', 'seconds 5400'],
    ['DateTime.now().plus({ days: 1 }).toUnixInteger()', 'seconds 86400'],
    ['DateTime.now().plus({ months: 1 }).toUnixInteger()', 'seconds 2629746'],
    ['DateTime.now().plus(300).toUnixInteger()', 'seconds 0.3'],
    ['DateTime.now().plus(Duration.fromObject({ minutes: 5 })).toUnixInteger()', 'seconds 300'],
    ['DateTime.now().minus({ minutes: 5 }).toUnixInteger()', 'seconds -300'],
    ['DateTime.utc().plus({ minutes: 5 }).toUnixInteger()', 'seconds 300'],
    ['DateTime.local().toUTC().plus({ minutes: 5 }).toUnixInteger()', 'seconds 300'],
    ['DateTime.now().plus({ minutes: 5 }).toJSDate().getTime()', 'milliseconds 300'],
    ['DateTime.fromMillis(Date.now() + 300_000).toUnixInteger()', 'seconds 300'],
    ['DateTime.fromSeconds(Date.now() / 1000 + 300).toUnixInteger()', 'seconds 300'],
    ['DateTime.fromJSDate(new Date()).toUnixInteger()', 'seconds 0'],
    ["DateTime.now().plus({ minutes: 5 }).diffNow().as('seconds')", 300],
    ["DateTime.now().plus({ minutes: 5 }).diff(DateTime.now()).as('minutes')", 5],
    ["Duration.fromObject({ minutes: 5 }).as('seconds')", 300],
    ["Duration.fromISO('PT5M').toMillis()", 300_000],
    ["Duration.fromMillis(300_000).as('second')", 300],
    ['DateTime.now().plus({ minutes: 5 }).ts', 'milliseconds 300'],
    ['+DateTime.now().plus({ minutes: 5 })', 'milliseconds 300'],
  ],
  temporal: [
    ['Temporal.Now.instant().add({ minutes: 5 }).epochMilliseconds / 1000', 'seconds 300'],
    ["Temporal.Now.instant().add('PT5M').epochMilliseconds / 1000", 'seconds 300'],
    ['Temporal.Now.instant().subtract({ minutes: 5 }).epochMilliseconds', 'milliseconds -300'],
    [
      "Temporal.Now.instant().add(Temporal.Duration.from('PT5M')).epochMilliseconds",
      'milliseconds 300',
    ],
    ['Temporal.Now.zonedDateTimeISO().add({ days: 1 }).epochMilliseconds', 'milliseconds 86400'],
    ['Temporal.Instant.fromEpochMilliseconds(Date.now()).epochMilliseconds', 'milliseconds 0'],
    ["Temporal.Duration.from({ minutes: 5 }).total('seconds')", 300],
    ["Temporal.Duration.from('PT5M').total({ unit: 'second' })", 300],
    ['Temporal.Now.instant().epochSeconds', NaN],
  ],
  oslo: [
    ["new TimeSpan(5, 'm').seconds()", 300],
    ["new TimeSpan(5, 'm').milliseconds()", 300_000],
    ["createDate(new TimeSpan(5, 'm')).getTime() / 1000", 'seconds 300'],
    ["Math.floor(createDate(new TimeSpan(2, 'w')).getTime() / 1000)", 'seconds 1209600'],
  ],
};

describe.each(Object.entries(FORMS))('%s', (_library, forms) => {
  test.each(forms)('%s', (expression, expected) => {
    const linear = compared(`${IMPORTS}const result = ${expression};`);
    const unit = timeUnit(linear);
    const seconds = Number(sinceNow(linear)?.toFixed(6));
    expect(unit === 'none' ? linear.offset : `${unit} ${seconds}`).toBe(expected);
  });
});

describe('a date that is changed', () => {
  test.each([
    ['a date', 'const d = new Date(); d.setMinutes(d.getMinutes() + 5);', 'd.getTime()'],
    [
      'a date, twice',
      'const d = new Date(); d.setMinutes(d.getMinutes() + 2); d.setSeconds(d.getSeconds() + 180);',
      'd.getTime()',
    ],
    ['a moment', "const m = moment(); m.add(5, 'minutes');", 'm.valueOf()'],
    ['a moment, in an initialiser', "const m = moment(); const n = m.add(5, 'm');", 'm.valueOf()'],
  ])('%s', (_name, statements, read) => {
    const linear = compared(`${IMPORTS}${statements} const result = ${read};`);
    expect(sinceNow(linear)).toBe(300);
  });

  test.each([
    ['dayjs', "const d = dayjs(); d.add(5, 'minutes');", 'd.valueOf()'],
    ['luxon', 'const d = DateTime.now(); d.plus({ minutes: 5 });', 'd.toMillis()'],
    ['date-fns', 'const d = new Date(); addMinutes(d, 5);', 'd.getTime()'],
    ['a clone', "const m = moment(); m.clone().add(5, 'minutes');", 'm.valueOf()'],
  ])('is another in %s', (_name, statements, read) => {
    const linear = compared(`${IMPORTS}${statements} const result = ${read};`);
    expect(sinceNow(linear)).toBe(0);
  });
});

describe('what is not known', () => {
  test.each([
    "dayjs().add(5, 'Q').unix()",
    "dayjs().endOf('day').unix()",
    "moment().startOf('hour').unix()",
    'DateTime.now().plus({ days: 1.5 }).toMillis()',
    'DateTime.now().plus({ fortnights: 1 }).toMillis()',
    "dayjs('tomorrow').unix()",
    'new Date(2030, 0, 1).getTime()',
    "Date.parse('2030-01-01T00:00:00')",
    "moment.duration('00:05:00').asSeconds()",
    'Temporal.Now.instant().add(300).epochMilliseconds',
    'addMinutes(new Date(), count).getTime()',
    'addDays(new Date(), 1.5).getTime()',
    "new TimeSpan(5, 'mo').seconds()",
    "ms('')",
    'itty.ms(text)',
    "parseDuration('-5m')",
    "parseDuration('PT5M')",
    "parseDuration('5 fortnights')",
    "parseDuration('1,500ms')",
    "parseDuration(',')",
    "parseDuration('5m', 'fortnight')",
    "parseDuration(text, 's')",
    'ms(text)',
    'Math.random()',
  ])('%s', (expression) => {
    const value = modelled(`${IMPORTS}const result = ${expression};`);
    expect(toNumber(value).linear).toBeNull();
  });
});

describe('djwt, whose `getNumericDate` takes seconds from now, or a date', () => {
  test.each([
    ['getNumericDate(300)', 300],
    ['getNumericDate(5 * 60)', 300],
    ['getNumericDate(0)', 0],
    ['getNumericDate(new Date(Date.now() + 300_000))', 300],
  ])('%s', (expression, seconds) => {
    for (const specifier of [
      'jsr:@zaubrik/djwt@3',
      'https://deno.land/x/djwt@v3.0.2/mod.ts',
      'djwt',
    ]) {
      const source = `import { getNumericDate } from '${specifier}'; const result = ${expression};`;
      const linear = linearOf(modelled(source), source);
      expect(timeUnit(linear)).toBe('seconds');
      expect(sinceNow(linear)).toBe(seconds);
    }
  });
});

describe('parts of packages', () => {
  test.each([
    ["import addMinutes from 'date-fns/addMinutes';", 'addMinutes(new Date(), 5).getTime()'],
    ["import { addMinutes } from 'date-fns/addMinutes';", 'addMinutes(new Date(), 5).getTime()'],
    ["const { addMinutes: later } = require('date-fns');", 'later(new Date(), 5).getTime()'],
    ["import dayjs = require('dayjs');", "dayjs().add(5, 'm').valueOf()"],
    ["import * as moment from 'moment-timezone';", "moment().add(5, 'm').valueOf()"],
    ["import * as luxon from 'luxon';", 'luxon.DateTime.now().plus({ minutes: 5 }).toMillis()'],
    [
      "import { Temporal } from '@js-temporal/polyfill';",
      'Temporal.Now.instant().add({ minutes: 5 }).epochMilliseconds',
    ],
    ['', 'Temporal.Now.instant().add({ minutes: 5 }).epochMilliseconds'],
  ])('%s', (statement, expression) => {
    const source = `${statement} const result = ${expression};`;
    const linear = linearOf(modelled(source), source);
    expect(timeUnit(linear)).toBe('milliseconds');
    expect(sinceNow(linear)).toBe(300);
  });
});
