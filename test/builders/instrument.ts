import { parseAst } from 'vitest/node';

/** Classes whose objects are made by way of the counter's `make`. */
const CONTAINERS: ReadonlySet<string> = new Set([
  ...['Array', 'ArrayBuffer', 'Map', 'Set'],
  ...['Int8Array', 'Int16Array', 'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array'],
  ...['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'BigUint64Array'],
]);

/** A node of the syntax tree (ESTree); which of the others a node has depends on its type. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
  /** Of what is around a node. */
  readonly isEnd: boolean;
}

const LOOPS: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);
const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** What is to be counted beside functions and loops. */
export interface Instrumentation {
  /** What the counter is called in the code. */
  readonly counter: string;
  /** Names of methods that are called by way of the counter's `call`. */
  readonly methods: ReadonlyMap<string, unknown>;
}

/**
 * The same code, with counters.
 * @param source as esbuild prints it, not minified
 */
export function instrument(source: string, { counter, methods }: Instrumentation): string {
  const edits: Edit[] = [];
  const edit = (at: number, text: string, removed = 0): unknown =>
    edits.push({ at, removed, text, isEnd: false });
  const step = `++${counter}.n>${counter}.m&&${counter}.x()`;

  /** Puts the counter into `node`, and says what is to be put behind it. */
  const open = (node: Node): string => {
    const { body, callee } = node;
    if ((LOOPS.has(node.type) || FUNCTIONS.has(node.type)) && isNode(body)) {
      if (body.type === 'BlockStatement') edit(body.start + 1, `${step};`);
    } else if (node.type === 'CallExpression' && isNode(callee) && isCounted(callee, methods)) {
      const { property } = callee as unknown as { property: Node };
      const name = source.slice(property.start, property.end);
      const isPlain = source[property.start - 1] === '.' && source[property.end] === '(';
      if (!isPlain) return '';
      edit(node.start, `${counter}.call(`);
      const comma = (node['arguments'] as readonly unknown[]).length > 0 ? ', ' : '';
      edit(property.start - 1, `, "${name}"${comma}`, name.length + 2);
    } else if (node.type === 'NewExpression' && isNode(callee) && callee.type === 'Identifier') {
      const name = source.slice(callee.start, callee.end);
      if (!CONTAINERS.has(name) || source[callee.end] !== '(') return '';
      const comma = (node['arguments'] as readonly unknown[]).length > 0 ? ', ' : '';
      edit(node.start, `${counter}.make(${name}${comma}`, callee.end + 1 - node.start);
    } else if (node.type === 'ArrayExpression' || node.type === 'ObjectExpression') {
      const parts = (node['elements'] ?? node['properties']) as readonly (Node | null)[];
      if (!parts.some((part) => part?.type === 'SpreadElement')) return '';
      edit(node.start, `${counter}.made(`);
      return ')';
    }
    return '';
  };

  /** @param around what is put around the node because of what it is a part of */
  const visit = (node: Node, around: readonly [before: string, after: string] = ['', '']): void => {
    if (around[0]) edit(node.start, around[0]);
    const behind = open(node);
    for (const [name, value] of Object.entries(node)) {
      const isBody = name === 'body' && isNode(value) && value.type !== 'BlockStatement';
      const isLoop = LOOPS.has(node.type);
      if (isBody && isLoop) visit(value, [`{${step};`, '}']);
      else if (isBody && FUNCTIONS.has(node.type)) visit(value, [`(${step},`, ')']);
      else for (const child of [value].flat()) if (isNode(child)) visit(child);
    }
    if (behind || around[1]) edits.push({ at: node.end, removed: 0, text: behind + around[1], isEnd: true });
  };
  // oxlint-disable-next-line typescript/no-deprecated -- Vitest hands on no other parser of Vite
  visit(parseAst(source) as unknown as Node);

  let result = '';
  let position = 0;
  // At one place nodes end before others begin, the inner ones first; and of those that begin, the outer ones.
  edits.sort((a, b) => a.at - b.at || Number(b.isEnd) - Number(a.isEnd));
  for (const { at, removed, text } of edits) {
    result += source.slice(position, at) + text;
    position = at + removed;
  }
  return result + source.slice(position);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Whether `callee` is a method that is counted; in `a?.b.slice()`, nothing may be called if there is no `a`. */
function isCounted(callee: Node, methods: Instrumentation['methods']): boolean {
  const { object, property } = callee;
  if (callee.type !== 'MemberExpression' || callee['computed'] === true || callee['optional'] === true)
    return false;
  if (!isNode(object) || !isNode(property) || object.type === 'Super' || property.type !== 'Identifier')
    return false;
  return methods.has(String(property['name'])) && !isOptional(object);
}

function isOptional(node: Node): boolean {
  if (node['optional'] === true) return true;
  const within = node['object'] ?? (node.type === 'CallExpression' ? node['callee'] : undefined);
  return isNode(within) && isOptional(within);
}
