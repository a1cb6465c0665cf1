/** Programs that are written by hand, or put together of forms, against what they do when they are run. */

import { enumerate, fromSource } from './execute.ts';
import { reportedCalls } from './verdict.ts';

const HEAD = `import Intercom from '@intercom/intercom-react-native';\nexport async function main(t) {\n`;

/** The lines of the calls that can be made with no JWT, and of those that are reported. */
async function linesOf(
  body: string,
): Promise<{ readonly real: readonly number[]; readonly told: readonly number[] }> {
  const program = fromSource(body);
  const { violations, isComplete } = await enumerate(program).catch((error: unknown) => {
    throw new Error(body, { cause: error });
  });
  if (!isComplete) throw new Error(`more runs than are tried:\n${body}`);
  const real = [...violations.keys()].map((id) => program.calls[id]?.line ?? 0);
  const told = [...reportedCalls(`${HEAD}${body}\n}\n`)].map(
    (place) => Number(place.split(':')[0]) - HEAD.split('\n').length + 1,
  );
  return { real, told };
}

/** A program, as the body of a function, and whether what is told of it has to be all that it does, and no more. */
export interface Form {
  readonly body: string;
  readonly isExact: boolean;
}

/**
 * Of programs in each of which `SET` sets the JWT, and which then show the messenger: those of which
 * something is not told, and how many are told of something that is not there.
 */
export async function judged(
  bodies: readonly string[],
): Promise<{ readonly missed: readonly string[]; readonly told: number }> {
  const forms = bodies.map((body) => ({
    body: `${body}\nawait Intercom.present();`.replaceAll('SET', 'Intercom.setUserJwt(t)'),
    isExact: true,
  }));
  const wrong = await wrongOf(forms);
  const missed = wrong.filter((one) => one.startsWith('missed'));
  return { missed, told: wrong.length - missed.length };
}

/** The programs of which something is not told, or is told where nothing is. */
export async function wrongOf(forms: readonly Form[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { body, isExact } of forms) {
    const { real, told } = await linesOf(body);
    const isMissed = real.some((line) => !told.includes(line));
    if (isMissed || (isExact && told.length > real.length)) {
      wrong.push(`${isMissed ? 'missed' : 'told'} ${told.join()} for ${real.join()}:\n${body}`);
    }
  }
  return wrong;
}
