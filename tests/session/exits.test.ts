import { describeTwins } from '../helpers/verdict.ts';

const PRESENT = 'await Intercom.present();';
const SET = 'await Intercom.setUserJwt(t);';

function twins(before: string, exit: string, other: string) {
  return {
    faulty: `${before} if (t) ${SET} else ${other};\n${PRESENT} // bad`,
    correct: `${before} if (t) ${SET} else ${exit};\n${PRESENT}`,
  };
}

describeTwins('a call that ends the process', {
  'by its member': twins('', 'process.exit(1)', 'process.hrtime()'),
  'by a computed member': twins('', "process['exit'](1)", "process['hrtime']()"),
  'of the global object': twins('', 'globalThis.process.abort()', 'globalThis.process.hrtime()'),
  'that is destructured': twins('const { exit, on } = process;', 'exit(1)', 'on()'),
  'under another name': twins('const { exit: quit, on: exit } = process;', 'quit(1)', 'exit(1)'),
  'that is nested': twins('const { process: { exit } } = globalThis;', 'exit(1)', 'exit.call'),
  'by an alias': twins('const quit = process.exit;', 'quit(1)', 'quit.call'),
  'by an alias of the process': twins('const p = process;', 'p.exit(1)', 'p.on()'),
  'that may be another function': twins(
    'const { exit } = process; let quit = exit; if (u) quit = f;',
    'exit(1)',
    'quit(1)',
  ),
  'of something else that has its name': twins(
    'const { exit } = process; const tour = { exit() {} };',
    'exit(1)',
    'tour.exit(1)',
  ),
});
