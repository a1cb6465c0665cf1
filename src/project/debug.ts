import { debuglog, format } from 'node:util';

const NAME = 'intercom-jwt';

/** Whether `DEBUG`, as other packages read it, names this one: `*`, `intercom-jwt`, `intercom-jwt*`. */
const isAsked = (process.env['DEBUG'] ?? '')
  .split(/[\s,]/)
  .some((name) => (name.endsWith('*') ? NAME.startsWith(name.slice(0, -1)) : name === NAME));

/** Writes a line where `DEBUG=intercom-jwt*` or `NODE_DEBUG=intercom-jwt` asks for it. */
export const debug: (message: string, ...values: unknown[]) => void = isAsked
  ? (message, ...values) => {
      process.stderr.write(`${NAME}: ${format(message, ...values)}\n`);
    }
  : debuglog(NAME);

const said = new Set<string>();

/** The same, once in a process. */
export function debugOnce(message: string, ...values: readonly string[]): void {
  const key = [message, ...values].join('\0');
  if (said.has(key)) return;
  said.add(key);
  debug(message, ...values);
}
