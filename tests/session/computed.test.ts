import { describeTwins } from '../helpers/verdict.ts';

const SET = 'await Intercom.setUserJwt(t);';

describeTwins('a method whose name a constant holds', {
  'that uses the client': {
    faulty: `const k = 'present'; await Intercom[k](); // bad`,
    correct: `const k = 'present'; ${SET} await Intercom[k]();`,
  },
  'that sets the JWT': {
    faulty: `const k = 'setUserJwt'; Intercom[k](t); await Intercom.present(); // bad`,
    correct: `const k = 'setUserJwt'; await Intercom[k](t); await Intercom.present();`,
  },
  'that logs out': {
    faulty: `const k = 'logout'; ${SET} await Intercom[k](); await Intercom.present(); // bad`,
    correct: `const k = 'logEvent'; ${SET} await Intercom[k](); await Intercom.present();`,
  },
  'by a template and an alias': {
    faulty: 'const name = `present`; const k = name; await Intercom[k](); // bad',
    correct: 'const name = `hide`; const k = name; await Intercom[k]();',
  },
  'of an object of the file': {
    faulty: `const k = 'go'; const o = { async go() { await Intercom.logout(); } };
      ${SET} await o[k](); await Intercom.present(); // bad`,
    correct: `const k = 'go'; const o = { async go() { ${SET} } };
      await o[k](); await Intercom.present();`,
  },
  'that is reassigned, of which nothing is known': {
    faulty: `let k = 'present'; if (t) k = 'hide'; await Intercom[k](); await Intercom.present(); // bad`,
    correct: `let k = 'present'; if (t) k = 'hide'; await Intercom[k](); ${SET} await Intercom.present();`,
  },
});
