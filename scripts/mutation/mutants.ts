/**
 * The changes that are made to a source: those of Stryker's list
 * (https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators), and of `&`, `|` and
 * shifts. Regular expressions are left as they are, and so is what a fault says (`throw new …`).
 */

import ts from 'typescript';

export interface Mutant {
  /** The path from the root of the repository. */
  readonly file: string;
  readonly kind: string;
  /** What is replaced, as offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The part of the file that is there twice, with the change and without. */
  readonly place: Place;
  /** In which case it can make a difference where it is reached. */
  readonly shows: Showing;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly form: 'expression' | 'block' | 'clause';
}

/** Always; where the value is not this one; or where this expression is truthy. */
type Showing =
  | { readonly kind: 'always' }
  | { readonly kind: 'unless'; readonly value: boolean }
  | { readonly kind: 'if'; readonly test: string };

const ALWAYS: Showing = { kind: 'always' };

const OPERATORS: Readonly<Record<string, readonly [kind: string, ...others: string[]]>> = {
  '+': ['ArithmeticOperator', '-'],
  '-': ['ArithmeticOperator', '+'],
  '*': ['ArithmeticOperator', '/'],
  '/': ['ArithmeticOperator', '*'],
  '%': ['ArithmeticOperator', '*'],
  '<': ['EqualityOperator', '<=', '>='],
  '<=': ['EqualityOperator', '<', '>'],
  '>': ['EqualityOperator', '>=', '<='],
  '>=': ['EqualityOperator', '>', '<'],
  '==': ['EqualityOperator', '!='],
  '!=': ['EqualityOperator', '=='],
  '===': ['EqualityOperator', '!=='],
  '!==': ['EqualityOperator', '==='],
  '&&': ['LogicalOperator', '||'],
  '||': ['LogicalOperator', '&&'],
  '??': ['LogicalOperator', '&&'],
  '&': ['BitwiseOperator', '|'],
  '|': ['BitwiseOperator', '&'],
  '^': ['BitwiseOperator', '&'],
  '<<': ['BitwiseOperator', '>>'],
  '>>': ['BitwiseOperator', '<<'],
  '>>>': ['BitwiseOperator', '<<'],
  '+=': ['AssignmentOperator', '-='],
  '-=': ['AssignmentOperator', '+='],
  '*=': ['AssignmentOperator', '/='],
  '/=': ['AssignmentOperator', '*='],
  '&=': ['AssignmentOperator', '|='],
  '|=': ['AssignmentOperator', '&='],
  '<<=': ['AssignmentOperator', '>>='],
  '>>=': ['AssignmentOperator', '<<='],
  '&&=': ['AssignmentOperator', '||='],
  '||=': ['AssignmentOperator', '&&='],
  '??=': ['AssignmentOperator', '&&='],
};

/** Operators whose other differs where both sides are equal. */
const BOUNDS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

/** Methods by what they are replaced; null where the call is left out. */
const METHODS: Readonly<Record<string, string | null>> = {
  charAt: null,
  endsWith: 'startsWith',
  every: 'some',
  filter: null,
  max: 'min',
  min: 'max',
  reverse: null,
  slice: null,
  some: 'every',
  sort: null,
  startsWith: 'endsWith',
  substring: null,
  toLowerCase: 'toUpperCase',
  toReversed: null,
  toSorted: null,
  toUpperCase: 'toLowerCase',
  trim: null,
  trimEnd: 'trimStart',
  trimStart: 'trimEnd',
};

/** Calls that change nothing, by how their functions are named. */
const ASKING = /^(?:is|are|has|can|may|does|some|every|includes|startsWith|endsWith|at|get|test)/u;

/** All changes of a file. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];

  const textOf = (node: ts.Node): string => text.slice(node.getStart(source), node.getEnd());
  const add = (
    kind: string,
    node: ts.Node,
    replacement: string,
    { at = placeOf(node), shows = ALWAYS }: { at?: ts.Node; shows?: Showing } = {},
  ): void => {
    mutants.push({
      file,
      kind,
      start: node.getStart(source),
      end: node.getEnd(),
      replacement,
      place: { start: at.getStart(source), end: at.getEnd(), form: 'expression' },
      shows,
    });
  };
  const addConstants = (node: ts.Expression, values: readonly boolean[]): void => {
    for (const value of values) {
      const shows: Showing = isAsking(node) ? { kind: 'unless', value } : ALWAYS;
      add('ConditionalExpression', node, String(value), { shows });
    }
  };
  const addStatements = (kind: string, nodes: readonly ts.Node[], form: Place['form']): void => {
    const start = nodes[0]?.getStart(source);
    const end = nodes.at(-1)?.getEnd();
    if (start === undefined || end === undefined) return;
    const place = { start, end, form };
    mutants.push({ file, kind, start, end, replacement: '', place, shows: ALWAYS });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isThrowStatement(node) || ts.isRegularExpressionLiteral(node)) return;
    if (ts.isBlock(node)) {
      if (!hasSuper(node)) addStatements('BlockStatement', node.statements, 'block');
    } else if (ts.isCaseOrDefaultClause(node)) {
      addStatements('ConditionalExpression', node.statements, 'clause');
    } else if (ts.isExpression(node) && isPlace(placeOf(node))) {
      visitExpression(node);
    }
    ts.forEachChild(node, visit);
  };

  const visitExpression = (node: ts.Expression): void => {
    const { parent } = node;
    if (isTestOfLoop(node)) addConstants(node, [false]);
    else if (isTest(node)) addConstants(node, [true, false]);
    if (ts.isBinaryExpression(node)) visitBinary(node, isTest(node) || isTestOfLoop(node));
    else if (node.kind === ts.SyntaxKind.TrueKeyword) add('BooleanLiteral', node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add('BooleanLiteral', node, 'true');
    else if (ts.isPrefixUnaryExpression(node)) visitUnary(node);
    else if (ts.isPostfixUnaryExpression(node)) {
      const other = node.operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++';
      add('UpdateOperator', node, textOf(node.operand) + other);
    } else if (ts.isArrayLiteralExpression(node)) {
      const isTarget = ts.isBinaryExpression(parent) && parent.left === node;
      if (!isTarget && !ts.isForOfStatement(parent)) {
        const replacement = node.elements.length > 0 ? '[]' : '["mutated"]';
        add('ArrayDeclaration', node, replacement);
      }
    } else if (ts.isObjectLiteralExpression(node)) {
      if (node.properties.length > 0) add('ObjectLiteral', node, '({})');
    } else if (ts.isArrowFunction(node)) {
      if (!ts.isBlock(node.body) && textOf(node.body) !== 'undefined') {
        add('ArrowFunction', node, '(() => undefined)');
      }
    } else if (ts.isStringLiteralLike(node)) {
      add('StringLiteral', node, node.text === '' ? '"mutated"' : '""');
    } else if (ts.isTemplateExpression(node)) add('StringLiteral', node, '``');
    else if (ts.isCallExpression(node)) visitCall(node);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      if (node.questionDotToken !== undefined) addOptional(node, node.questionDotToken);
    }
  };

  const visitBinary = (node: ts.BinaryExpression, isTested: boolean): void => {
    const operator = node.operatorToken.getText(source);
    const [kind, ...others] = OPERATORS[operator] ?? [''];
    if (operator === '+' && [node.left, node.right].some((side) => isText(side))) return;
    // What is joined by `??` stands in brackets beside `&&`.
    const isJoined =
      ts.isBinaryExpression(node.left) &&
      node.left.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
    const left = isJoined ? `(${textOf(node.left)})` : textOf(node.left);
    const right = textOf(node.right);
    for (const [index, other] of others.entries()) {
      const isBound = index === 0 && BOUNDS.has(operator) && isPlain(node.left, node.right);
      add(kind, node, `${left} ${other} ${right}`, {
        shows: isBound ? { kind: 'if', test: `${left} == ${right}` } : ALWAYS,
      });
    }
    if (isTested || !['EqualityOperator', 'LogicalOperator'].includes(kind) || operator === '??')
      return;
    const above = ts.isBinaryExpression(node.parent)
      ? node.parent.operatorToken.getText(source)
      : '';
    addConstants(node, above === '||' ? [false] : above === '&&' ? [true] : [true, false]);
  };

  const visitUnary = (node: ts.PrefixUnaryExpression): void => {
    const operand = textOf(node.operand);
    if (node.operator === ts.SyntaxKind.ExclamationToken) add('BooleanLiteral', node, operand);
    if (node.operator === ts.SyntaxKind.PlusPlusToken) add('UpdateOperator', node, `--${operand}`);
    if (node.operator === ts.SyntaxKind.MinusMinusToken)
      add('UpdateOperator', node, `++${operand}`);
    if (node.operator === ts.SyntaxKind.PlusToken) add('UnaryOperator', node, `-${operand}`);
    if (node.operator === ts.SyntaxKind.MinusToken) add('UnaryOperator', node, `+${operand}`);
    if (node.operator === ts.SyntaxKind.TildeToken) add('UnaryOperator', node, operand);
  };

  const visitCall = (node: ts.CallExpression): void => {
    const { expression: callee } = node;
    if (!ts.isPropertyAccessExpression(callee)) return;
    const name = callee.name.text;
    const other = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (other === undefined) return;
    if (other === null) add('MethodExpression', node, textOf(callee.expression));
    else add('MethodExpression', callee.name, other, { at: placeOf(node) });
  };

  const addOptional = (
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    question: ts.QuestionDotToken,
  ): void => {
    const object = textOf(node.expression);
    const dot = ts.isElementAccessExpression(node) ? '' : '.';
    const shows: Showing = isPlain(node.expression)
      ? { kind: 'if', test: `${object} == null` }
      : ALWAYS;
    const rest = text.slice(question.getEnd(), node.getEnd());
    add('OptionalChaining', node, object + dot + rest, { shows });
  };

  visit(source);
  return mutants;
}

/** What has to be there twice: a part of a chain, or a callee, takes what is behind it along. */
function placeOf(node: ts.Node): ts.Node {
  const { parent } = node;
  const isHead =
    (ts.isPropertyAccessExpression(parent) ||
      ts.isElementAccessExpression(parent) ||
      ts.isCallExpression(parent) ||
      ts.isNonNullExpression(parent)) &&
    parent.expression === node;
  const goesOn =
    isHead &&
    (ts.isOptionalChain(node) ||
      ts.isPropertyAccessExpression(node) ||
      ts.isElementAccessExpression(node));
  return goesOn ? placeOf(parent) : node;
}

/** Whether any expression may stand where this one does. */
function isPlace(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent) || ts.isTaggedTemplateExpression(parent)) return false;
  if (ts.isExpressionWithTypeArguments(parent) || ts.isExternalModuleReference(parent))
    return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isPropertyName(node) && 'name' in parent && parent.name === node) return false;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const { kind } = parent.operatorToken;
    return kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment;
  }
  return !(ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) ||
    parent.operator === ts.SyntaxKind.ExclamationToken
    ? true
    : !ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node);
}

function isTest(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  return ts.isConditionalExpression(parent) && parent.condition === node;
}

function isTestOfLoop(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isForStatement(parent)) return parent.condition === node;
  return (ts.isWhileStatement(parent) || ts.isDoStatement(parent)) && parent.expression === node;
}

function isText(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return isText(node.left) || isText(node.right);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function hasSuper(node: ts.Block): boolean {
  if (ts.isClassStaticBlockDeclaration(node.parent)) return true;
  return node.statements.some(
    (statement) =>
      ts.isExpressionStatement(statement) &&
      ts.isCallExpression(statement.expression) &&
      statement.expression.expression.kind === ts.SyntaxKind.SuperKeyword,
  );
}

/** Whether evaluating it has no other effect than its value. */
function isAsking(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isNewExpression(node))
    return false;
  if (ts.isPostfixUnaryExpression(node)) return false;
  if (ts.isPrefixUnaryExpression(node)) {
    const { operator } = node;
    if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken)
      return false;
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return false;
  }
  if (ts.isCallExpression(node)) {
    const { expression: callee } = node;
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    if (!ts.isIdentifier(name) || !ASKING.test(name.text)) return false;
  }
  return ts.forEachChild(node, (child) => !isAsking(child)) !== true;
}

/** Whether they can be evaluated once more at no price. */
function isPlain(...nodes: readonly ts.Node[]): boolean {
  return nodes.every((node) => {
    if (ts.isIdentifier(node) || ts.isNumericLiteral(node)) return true;
    if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
    return ts.isPropertyAccessExpression(node) && isPlain(node.expression);
  });
}
