import type { Frame, Page } from '@playwright/test';
import { saidTwice } from '../builders/saidTwice';

/** As much of a node of Chromium's accessibility tree as is looked at. */
interface AxNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: string };
  readonly name?: { readonly value?: string };
  readonly description?: { readonly value?: string };
  readonly value?: { readonly value?: string | number };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
}

/** What a screen reader says of an element that one comes to. */
export interface Said {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly value: string;
  /** The names of what it is in, from the inside. */
  readonly within: readonly string[];
}

/** Roles of what holds others and is told of when one enters it. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'article',
  'feed',
  'form',
  'group',
  'navigation',
  'radiogroup',
  'region',
  'search',
  'toolbar',
]);

/** Roles of what one comes to and acts on, besides everything that takes the focus. */
const INTERACTIVE: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'option',
  'slider',
  'tab',
  'textbox',
  'treeitem',
]);

/** Every element of a document that one comes to with the Tab key or the keys of a screen reader, as Chromium tells of it. */
export async function saidIn(page: Page, frame: Frame = page.mainFrame()): Promise<readonly Said[]> {
  const nodes = await accessibilityTree(page, frame);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  return (
    nodes
      .filter((node) => !node.ignored && (INTERACTIVE.has(roleOf(node)) || isFocusable(node)))
      .filter((node) => !isOfBrowser(node, byId))
      .map((node) => ({
        role: roleOf(node),
        name: node.name?.value ?? '',
        description: node.description?.value ?? '',
        value: valueOf(node),
        within: namesAround(node, byId),
      }))
      // What has no role is not told of.
      .filter(({ role }) => role !== 'RootWebArea' && role !== 'generic')
  );
}

/** What is said twice of an element, one line for each; nothing should be. */
export function repetitions(said: readonly Said[]): readonly string[] {
  return said.flatMap(({ role, name, description, value, within }) => {
    const twice = saidTwice([name, description, value].join(' '));
    const problems = twice.length > 0 ? [`says "${twice.join('", "')}" twice`] : [];
    if (INTERACTIVE.has(role) && name === '') problems.push('says nothing');
    else if (name !== '' && within[0] === name) problems.push('repeats the name of what it is in');
    return problems.map((problem) => `${role} "${name}" (${description}) [${value}] ${problem}`);
  });
}

function roleOf({ role }: AxNode): string {
  return role?.value ?? '';
}

function isFocusable({ properties }: AxNode): boolean {
  return properties?.some(({ name, value }) => name === 'focusable' && value.value === true) ?? false;
}

/** What a slider or a list is set to; what stands in a field is the user's. */
function valueOf(node: AxNode): string {
  return roleOf(node) === 'textbox' ? '' : String(node.value?.value ?? '');
}

/** The browser's own controls of sound and video, whose words are the browser's. */
function isOfBrowser(node: AxNode, byId: ReadonlyMap<string, AxNode>): boolean {
  const around = byId.get(node.parentId ?? '');
  return around !== undefined && (PLAYERS.has(roleOf(around)) || isOfBrowser(around, byId));
}

const PLAYERS: ReadonlySet<string> = new Set(['Audio', 'Video']);

function namesAround(node: AxNode, byId: ReadonlyMap<string, AxNode>): readonly string[] {
  const names: string[] = [];
  for (let each = byId.get(node.parentId ?? ''); each; each = byId.get(each.parentId ?? '')) {
    const name = each.name?.value ?? '';
    if (!each.ignored && name !== '' && CONTAINERS.has(roleOf(each))) names.push(name);
  }
  return names;
}

/** Webviews are frames of the window's process: all of them have its session. */
async function accessibilityTree(page: Page, frame: Frame): Promise<readonly AxNode[]> {
  const devtools = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await devtools.send('Page.getFrameTree');
    const path = await namesOf(frame);
    const found = path.reduce<typeof frameTree | undefined>(
      (tree, name) => tree?.childFrames?.find((child) => child.frame.name === name),
      frameTree,
    );
    if (!found) throw new Error('Chromium does not know the frame.');
    const { nodes } = await devtools.send('Accessibility.getFullAXTree', { frameId: found.frame.id });
    if (nodes.length < 3) throw new Error('There is nothing in the frame.');
    return nodes;
  } finally {
    await devtools.detach();
  }
}

/** What Chromium calls a frame and those around it, from the outside. VS Code renames frames as it goes. */
async function namesOf(frame: Frame): Promise<readonly (string | null)[]> {
  const parent = frame.parentFrame();
  if (!parent) return [];
  const element = await frame.frameElement();
  const name = (await element.getAttribute('name')) ?? (await element.getAttribute('id'));
  return [...(await namesOf(parent)), name];
}
