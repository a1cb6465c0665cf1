/**
 * Begins a rule: its file, its page, its programs, its place in the plugin and in the `strict` config.
 * What it does is still to be written; the page and the programs show what is due.
 *
 *     npm run new-rule no-late-logout
 *     npm run new-rule no-late-logout -- --root <another checkout>
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(new URL('..', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: 'string', default: HERE } },
});
const [name] = positionals;
const root = resolve(values.root);
if (name === undefined || !/^[a-z]+(?:-[a-z]+)+$/.test(name)) {
  throw new Error('What is it called? npm run new-rule <name-in-kebab-case>');
}
if (existsSync(join(root, `rules/${name}.ts`))) throw new Error(`There is a rule ${name}.`);

const identifier = name.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());

create(
  `rules/${name}.ts`,
  `import { createSessionRule } from '../src/eslint/create-rule.ts';

export default createSessionRule({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { description: 'disallow opening the Messenger twice', recommended: false },
    schema: [],
    messages: {
      again: '\`{{method}}\` opens the Messenger again. Leave one of the two calls out.',
    },
  },
  check(context, session) {
    const [, again] = session.calls().filter(({ role }) => role === 'present');
    if (again === undefined) return;
    const { node, method } = again;
    context.report({ node, messageId: 'again', data: { method } });
  },
});
`,
);

create(
  `tests/programs/rules/${name}.md`,
  `# ${name}

\`\`\`json
{
  "rules": {
    "${name}": {}
  },
  "suggestions": "shown"
}
\`\`\`

\`\`\`js frame
import Intercom from '@intercom/intercom-react-native';
…
\`\`\`

## the second call is told

❌

\`\`\`js
Intercom.present();
Intercom.presentContent(article); // reported: ${name} again — \`presentContent\` opens
\`\`\`

✅

\`\`\`js
Intercom.present();
\`\`\`
`,
);

create(
  `docs/rules/${name}.md`,
  `# Disallow opening the Messenger twice (\`intercom-jwt/${name}\`)

<!-- end auto-generated rule header -->

What goes wrong where the rule is not heeded, and who sees it.

## Rule Details

This rule reports the second call that opens the Messenger.

### ❌ Incorrect

\`\`\`js
/* eslint intercom-jwt/${name}: "error" */
import Intercom from '@intercom/intercom-react-native';

Intercom.present();
Intercom.presentContent(article);
\`\`\`

### ✅ Correct

\`\`\`js
/* eslint intercom-jwt/${name}: "error" */
import Intercom from '@intercom/intercom-react-native';

Intercom.present();
\`\`\`

## Messages

### ❌ \`again\`

The Messenger is open already. Leave one of the two calls out.

\`\`\`js
/* eslint intercom-jwt/${name}: "error" */
import Intercom from '@intercom/intercom-react-native';

Intercom.present();
Intercom.present();
\`\`\`

### \`invalidSettings\`

The settings were not understood. It says what is wrong, and where.

### \`internalFault\`

The plugin itself failed in this file. [Troubleshooting](../troubleshooting.md#internalfault-a-rule-failed-in-this-file) tells what to do.

### \`tooLarge\`

A function or a statement is nested too deeply to be looked at, or the whole file is too large. [Troubleshooting](../troubleshooting.md#toolarge-code-is-not-looked-at-in-full) tells more.

## Limitations

- What the rule does not see.

## When Not To Use It

Where it does not help.
`,
);

// In its alphabetical place among the others
insert(
  'src/plugin.ts',
  `import ${identifier} from '../rules/${name}.ts';`,
  /^import \w+ from '\.\.\/rules\//,
);
insert('src/plugin.ts', `  '${name}': ${identifier},`, /^ {2}'[a-z-]+': \w+,$/);
insert(
  'src/configs.ts',
  `  'intercom-jwt/${name}': 'error',`,
  /^ {2}'intercom-jwt\//,
  'const STRICT',
);
format(`rules/${name}.ts`, 'src/plugin.ts', 'src/configs.ts');
console.log(`
Now
1. write the page first: docs/rules/${name}.md
2. then the programs: tests/programs/rules/${name}.md
3. and the rule: rules/${name}.ts
4. npm run docs, and a line in CHANGELOG.md`);

function create(path: string, text: string): void {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}

/** Adds a line before the first of those like it that comes after it by name. */
function insert(path: string, line: string, like: RegExp, behind = ''): void {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  const from = lines.findIndex((other) => other.startsWith(behind));
  const keyOf = (text: string): string =>
    /(?:rules\/|')(?:intercom-jwt\/)?([a-z-]+)/.exec(text)?.[1] ?? '';
  let place = -1;
  for (let index = from; index < lines.length; index++) {
    const other = lines[index] ?? '';
    if (!like.test(other)) {
      if (place >= 0) break;
      continue;
    }
    if (keyOf(other) > keyOf(line)) {
      place = index;
      break;
    }
    // An entry may have options on lines of their own.
    if (other.endsWith('['))
      index = lines.findIndex((end, at) => at > index && /^ {2}\]/.test(end));
    place = index + 1;
  }
  if (place < 0) throw new Error(`${path} is not as it was: where does "${line}" go?`);
  lines.splice(place, 0, line);
  writeFileSync(join(root, path), lines.join('\n'));
  console.log(`added to ${path}: ${line.trim()}`);
}

function format(...paths: readonly string[]): void {
  const prettier = join(HERE, 'node_modules/prettier/bin/prettier.cjs');
  execFileSync(process.execPath, [prettier, '--write', '--log-level', 'warn', ...paths], {
    cwd: root,
  });
}
