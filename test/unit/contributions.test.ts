import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  AUTHENTICATION_PROVIDER_ID,
  Command,
  ContextKey,
  EXTENSION_ID,
  PALETTE_NAMES,
  Setting,
  TITLE_COMMANDS,
  View,
  WALKTHROUGH,
} from '../../src/ids';
import { evaluate } from '../builders/whenClause';

interface Contributed {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly enablement?: string;
  readonly contents?: string;
  readonly group?: string;
}

interface ContributedSetting {
  readonly type: string;
  readonly scope: string;
  readonly order: number;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly errorMessage?: string;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly markdownDescription: string;
}

interface WalkthroughStep {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly contributes: {
    readonly authentication: readonly { id: string }[];
    readonly commands: readonly (Contributed & { command: string; title: string })[];
    readonly views: Readonly<Record<string, readonly { id: string; when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string }[] };
    readonly viewsWelcome: readonly (Contributed & { view: string })[];
    readonly submenus: readonly { id: string }[];
    readonly menus: Readonly<Record<string, readonly Contributed[]>>;
    readonly keybindings: readonly Contributed[];
    readonly configuration: readonly {
      readonly title: string;
      readonly order: number;
      readonly properties: Readonly<Record<string, ContributedSetting>>;
    }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly title: string;
      readonly description: string;
      readonly steps: readonly WalkthroughStep[];
    }[];
  };
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const manifestText = JSON.stringify(read('package.json'));
const manifest = JSON.parse(manifestText) as Manifest;
const strings = read('package.nls.json') as Record<string, string>;
const { contributes } = manifest;
const settings = new Map(contributes.configuration.flatMap(({ properties }) => Object.entries(properties)));
/** The text that stands in package.json as its key. */
const textOf = (key: string): string => strings[key.slice(1, -1)] ?? '';
/** Commands that VS Code has, and those that it makes of views. */
const builtIn = new Set<string>([
  'workbench.action.openSettings',
  ...Object.values(View).map((view) => `${view}.focus`),
]);
/** Links of a text to commands, with their arguments. */
const commandLinks = (text: string): readonly (readonly [command: string, args: string | undefined])[] =>
  [...text.matchAll(/\(command:([\w.]+)(?:\?([^)]*))?\)/g)].map(([, command = '', args]) => [command, args]);
const sorted = (values: Iterable<string>): string[] => [...values].sort();
const everyEntry = [
  ...contributes.commands,
  ...contributes.viewsWelcome,
  ...Object.values(contributes.menus).flat(),
  ...Object.values(contributes.views).flat(),
  ...contributes.keybindings,
] as readonly Contributed[];

describe('package.json and ids.ts', () => {
  it('name the same extension', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe(EXTENSION_ID);
  });

  it('name the same commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(
      sorted(Object.values(Command)),
    );
  });

  it('name the same views, in containers that package.json contributes', () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    expect(Object.keys(contributes.views)).toEqual(containers);
    expect(sorted(Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)))).toEqual(
      sorted(Object.values(View)),
    );
  });

  it('name the same settings, of which a workspace cannot override those that say where something is sent', () => {
    expect(sorted(settings.keys())).toEqual(sorted(Object.values(Setting)));
    const { ServerUrl, ServerMediaUrl, ClientId, SignInLocalPort, OpenWith } = Setting;
    for (const setting of [ServerUrl, ServerMediaUrl, ClientId, SignInLocalPort, OpenWith]) {
      expect(settings.get(setting)?.scope).toBe('application');
    }
  });

  it('name the same authentication provider', () => {
    expect(contributes.authentication.map(({ id }) => id)).toEqual([AUTHENTICATION_PROVIDER_ID]);
  });
});

describe('package.json', () => {
  it('refers to commands and submenus that it contributes', () => {
    const known = new Set<string>(Object.values(Command));
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    for (const { command, submenu } of Object.values(contributes.menus).flat()) {
      if (command !== undefined) expect(known).toContain(command);
      if (submenu !== undefined) expect(submenus).toContain(submenu);
    }
    for (const { command } of contributes.keybindings) expect(known).toContain(command);
    for (const text of Object.values(strings)) {
      for (const [command, args] of commandLinks(text)) {
        expect([...known, ...builtIn]).toContain(command);
        if (args !== undefined) expect(() => JSON.parse(decodeURIComponent(args)) as unknown).not.toThrow();
      }
    }
  });

  it('uses only context keys and views that exist in its conditions and welcome texts', () => {
    const known = new Set<string>([...Object.values(ContextKey), ...Object.values(View)]);
    for (const { when = '', enablement = '' } of everyEntry) {
      for (const [key] of `${when} ${enablement}`.matchAll(/\bringcentralMailbox\.\w+/g))
        expect(known).toContain(key);
    }
    for (const { view } of contributes.viewsWelcome) expect(Object.values<string>(View)).toContain(view);
  });

  it('refers to every text in package.nls.json, and to no text that is missing there', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    expect(sorted(new Set(used))).toEqual(sorted(Object.keys(strings)));
  });

  it('offers every command in the palette, under one title, except those that only make sense on a row or in a menu', () => {
    const hidden = contributes.menus.commandPalette
      ?.filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    expect(sorted(hidden?.map(String) ?? [])).toEqual(
      sorted([
        Command.LoadMore,
        Command.GroupByTypeAndConversation,
        Command.GroupByOtherParty,
        Command.GroupByDate,
        Command.MarkGroupRead,
        Command.RefreshAccount,
        Command.SignOutOfAccount,
        Command.CheckAccountConnection,
        Command.ShowAccountRetention,
        // They are there under another name, with a title of verb and object.
        ...PALETTE_NAMES.values(),
      ]),
    );
    // Numbers of other servers are made up, or not known to RingCentral's app.
    for (const id of [Command.ReplyToMessage, Command.CallNumber])
      expect(contributes.commands.find(({ command }) => command === id)?.enablement).toBe(
        ContextKey.ProductionAccount,
      );
    const titles = contributes.commands
      .filter(({ command }) => !hidden?.includes(command))
      .map(({ title }) => textOf(title));
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('calls every command by a verb and capitalized words', () => {
    const verbs =
      /^(Call|Change|Check|Clear|Copy|Delete|Deliver|Empty|Export|Filter|Finish|Get|Group|Keep|Load|Mark|Open|Refresh|Reply|Restore|Save|Search|Show|Sign|Switch|Undo)\b/;
    const small = new Set(['a', 'and', 'as', 'by', 'in', 'of', 'on', 'the', 'to', 'with']);
    for (const { command, title } of contributes.commands) {
      const text = textOf(title);
      const isMenuOfGroupings = command.startsWith(Command.GroupBy) && command !== Command.GroupBy;
      if (!isMenuOfGroupings) expect(text, command).toMatch(verbs);
      for (const word of text.split(' ')) if (!small.has(word)) expect(word, text).toMatch(/^[A-Z]/);
      expect(text, 'an ellipsis is one sign').not.toContain('...');
    }
  });

  /** Each kind of row with everything that it may say of itself. */
  const rows: readonly (readonly [view: string, viewItem: string])[] = [
    [View.Messages, 'message unread alive threaded attachments several text dialable'],
    [View.Messages, 'message read alive attachments dialable'],
    [View.Messages, 'group conversation unread dialable'],
    [View.Messages, 'group party read dialable'],
    [View.Messages, 'group type unread'],
    [View.Messages, 'group date unread'],
    [View.Messages, 'account dead stored'],
    [View.Messages, 'account dead sample'],
    [View.Deleted, 'message unread deleted threaded attachments several text dialable'],
  ];

  it.each(rows)(
    'has at most three buttons on a row, and menus in the groups that VS Code asks for: %s, %s',
    (view, viewItem) => {
      const context: Readonly<Record<string, string>> = { view, viewItem };
      const shown = contributes.menus['view/item/context']?.filter(
        ({ when = 'true' }) => evaluate(when, (key) => context[key]) === true,
      );
      const groups = shown?.map(({ group = '' }) => group) ?? [];
      expect(groups.filter((group) => group.startsWith('inline')).length).toBeLessThanOrEqual(3);
      expect(groups.filter((group) => !/^(inline|\d_\w+)@\d$/.test(group))).toEqual([]);
      const menu = shown
        ?.filter(({ group }) => !group?.startsWith('inline'))
        .map((each) => each.command ?? each.submenu);
      expect(new Set(menu).size, 'nothing twice').toBe(menu?.length);
    },
  );

  it('offers for a caller and a conversation what it offers for a message', () => {
    const menuOf = (viewItem: string): ReadonlySet<unknown> => {
      const context: Readonly<Record<string, string>> = { view: View.Messages, viewItem };
      const shown = contributes.menus['view/item/context']?.filter(
        ({ when = 'true', group }) =>
          !group?.startsWith('inline') && evaluate(when, (key) => context[key]) === true,
      );
      return new Set(shown?.map(({ command, submenu }) => command ?? submenu));
    };
    const needed = [
      Command.Open,
      Command.OpenToSide,
      Command.MarkRead,
      Command.SaveAttachments,
      Command.Delete,
    ];
    for (const viewItem of [
      'group conversation unread',
      'group party unread',
      'message unread alive attachments several',
    ])
      for (const entry of [...needed, 'ringcentralMailbox.copyMenu'])
        expect(menuOf(viewItem), viewItem).toContain(entry);
    expect(menuOf('group conversation read')).toContain(Command.ExportConversation);
    expect(menuOf('group party read')).toContain(Command.ExportMessages);
  });

  it('has in titles of views exactly the commands that get no rows, of which rows have what takes none', () => {
    const { menus } = contributes;
    const entries = menus['view/title']?.flatMap((entry) => menus[entry.submenu ?? ''] ?? [entry]) ?? [];
    const inTitles = new Set(entries.map(({ command }) => command));
    expect(sorted([...inTitles].map(String))).toEqual(sorted(TITLE_COMMANDS));
    const onRows = menus['view/item/context']?.map(({ command }) => command) ?? [];
    expect(onRows.filter((command) => inTitles.has(command ?? undefined))).toEqual([
      Command.DeliverTestMessage,
    ]);
  });

  it('offers to save all attachments where there are several, and one where one message is selected', () => {
    const savingOf = (viewItem: string, listMultiSelection: boolean): readonly unknown[] => {
      const context: Readonly<Record<string, string | boolean>> = {
        view: View.Messages,
        viewItem,
        listMultiSelection,
      };
      return (contributes.menus['view/item/context'] ?? [])
        .filter(
          ({ when = 'true', group }) =>
            group?.startsWith('4_save') && evaluate(when, (key) => context[key]) === true,
        )
        .map(({ command }) => command);
    };
    const [one, several] = [
      'message read alive attachments',
      'message read alive attachments several',
    ] as const;
    expect(savingOf('message read alive text', false)).toEqual([]);
    expect(savingOf(one, false)).toEqual([Command.SaveAttachment]);
    expect(savingOf(several, false)).toEqual([Command.SaveAttachment, Command.SaveAttachments]);
    for (const viewItem of [one, several])
      expect(savingOf(viewItem, true)).toEqual([Command.SaveAttachments]);
    expect(savingOf('group party read', false)).toEqual([Command.SaveAttachments]);
  });

  it.each(['typeAndConversation', 'otherParty', 'date'])(
    'shows in the menu of groupings which one is on, by disabling it: %s',
    (groupBy) => {
      const offered =
        contributes.menus['ringcentralMailbox.groupByMenu']?.map(({ command }) => command) ?? [];
      const isDisabled = ({ command, enablement = 'true' }: (typeof contributes.commands)[number]): boolean =>
        offered.includes(command) &&
        evaluate(enablement, (key) => (key === ContextKey.GroupBy ? groupBy : undefined)) === false;
      const disabled = contributes.commands.filter(isDisabled).map(({ command }) => command);
      expect(disabled.map((command) => command.toLowerCase())).toEqual([
        `ringcentralMailbox.groupBy${groupBy}`.toLowerCase(),
      ]);
    },
  );

  it('shows Search, Filter, Group, and what undoes filters and deletions, in the titles, and the rest behind the dots', () => {
    const inTitle = (view: string): readonly unknown[] =>
      contributes.menus['view/title']
        ?.filter(({ when, group }) => when?.includes(`view == ${view}`) && group?.startsWith('navigation'))
        .map(({ command, submenu }) => command ?? submenu) ?? [];
    expect(inTitle(View.Messages)).toEqual([
      Command.Search,
      'ringcentralMailbox.filterMenu',
      Command.ClearFilters,
      'ringcentralMailbox.groupByMenu',
      Command.UndoDelete,
    ]);
    expect(inTitle(View.Deleted)).toEqual([
      Command.SearchDeleted,
      Command.FilterDeleted,
      Command.ClearDeletedFilters,
    ]);
  });
});

/** The lines of a text that VS Code shows as buttons: those that are a link and nothing else. */
function buttonsOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^\[([^\]]+)\]\([^)]+\)$/.exec(line.trim())?.[1] ?? []);
}

describe('a welcome view', () => {
  it.each(contributes.viewsWelcome.map(({ view, contents = '' }) => [contents, view]))(
    'has at most one button: %s of %s',
    (contents) => {
      expect(textOf(contents)).not.toBe('');
      expect(buttonsOf(textOf(contents)).length).toBeLessThanOrEqual(1);
    },
  );

  it('of somebody who is not signed in leads to signing in, to the sample and to the walkthrough', () => {
    const text = strings['welcome.signedOut'] ?? '';
    expect(buttonsOf(text)).toEqual(['Sign In to RingCentral']);
    expect(commandLinks(text).map(([command]) => command)).toEqual([
      Command.SignInWithBrowser,
      Command.SignInWithJwt,
      Command.OpenWalkthrough,
      Command.SignInWithSample,
    ]);
  });
});

describe('the walkthrough', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  it('has the id that the code opens, and five steps', () => {
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual([WALKTHROUGH]);
    expect(steps.map(({ id }) => id)).toEqual(['sample', 'clientId', 'signIn', 'read', 'notifications']);
  });

  it.each(steps.map((step) => [step.id, step] as const))('offers something to do: %s', (_id, step) => {
    expect(textOf(step.title)).not.toBe('');
    expect(buttonsOf(textOf(step.description)).length).toBeGreaterThan(0);
  });

  it.each(steps.map((step) => [step.id, step] as const))(
    'checks %s off when something happens that can happen',
    (_id, { completionEvents }) => {
      expect(completionEvents.length).toBeGreaterThan(0);
      const known: Readonly<Record<string, readonly string[]>> = {
        onCommand: Object.values(Command),
        onContext: Object.values(ContextKey),
        onSettingChanged: Object.values(Setting),
        onView: Object.values(View),
      };
      for (const event of completionEvents) {
        const [, kind = '', what = ''] = /^(\w+):([\w.]+)$/.exec(event) ?? [];
        expect(known[kind], event).toContain(what);
      }
    },
  );

  it('checks a step off by whatever way its task was done', () => {
    const events = new Map(steps.map(({ id, completionEvents }) => [id, completionEvents]));
    // The sample can also be chosen in Sign In….
    expect(events.get('sample')).toContain(`onContext:${ContextKey.SampleOpen}`);
    const settings = [
      Setting.NotificationsMode,
      Setting.NotificationsShowText,
      Setting.NotificationsQuietHours,
    ];
    for (const setting of settings)
      expect(events.get('notifications')).toContain(`onSettingChanged:${setting}`);
  });

  /** What VS Code does not let into the page of a picture, and what would look wrong in another theme. */
  it.each(steps.map((step) => [step.id, step] as const))(
    'has a picture of %s in the colors of whatever theme is on, with words for who cannot see it',
    (_id, { media }) => {
      expect(textOf(media.altText)).not.toBe('');
      const picture = readFileSync(new URL(`../../${media.svg}`, import.meta.url), 'utf8');
      expect(picture).toMatch(/^<svg [^>]*viewBox="/);
      expect(picture).not.toMatch(/<(?:style|script|image|text)\b|\bstyle=|\bhref=/);
      const colors = [...picture.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map(([, color = '']) => color);
      expect(colors.length).toBeGreaterThan(10);
      expect(colors.filter((color) => color !== 'none' && !/^var\(--vscode-[\w-]+[,)]/.test(color))).toEqual(
        [],
      );
    },
  );
});

describe('the settings', () => {
  it('are in sections with a title and an order of their own', () => {
    expect(contributes.configuration.map(({ title }) => textOf(title))).not.toContain('');
    const orders = contributes.configuration.map(({ order }) => order);
    expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
    for (const { properties } of contributes.configuration) {
      const own = Object.values(properties).map(({ order }) => order);
      expect(own).toEqual(own.map((_, index) => index + 1));
    }
  });

  it.each([...settings])('say what they mean, and which values they take: %s', (_id, setting) => {
    expect(textOf(setting.markdownDescription)).not.toBe('');
    expect(setting.enumItemLabels?.map(textOf).filter(Boolean).length).toBe(setting.enum?.length);
    if (setting.type === 'number' || setting.type === 'integer') {
      expect(setting.minimum).toBeTypeOf('number');
      expect(setting.maximum).toBeTypeOf('number');
      const message = textOf(setting.errorMessage ?? '');
      for (const limit of [setting.minimum, setting.maximum]) expect(message).toContain(String(limit));
    }
    if (setting.pattern !== undefined) {
      expect(textOf(setting.patternErrorMessage ?? '')).not.toBe('');
      expect(String(setting.default)).toMatch(new RegExp(setting.pattern));
    }
  });

  it('link to settings that exist', () => {
    const links = Object.values(strings).flatMap((text) =>
      [...text.matchAll(/`#([\w.]+)#`/g)].map(([, id]) => id),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((id = '') => !settings.has(id))).toEqual([]);
  });

  it('say on which other setting they depend', () => {
    for (const [id, on] of [
      [Setting.MarkVoicemailRead, Setting.MarkReadOnOpen],
      [Setting.NotificationsShowText, Setting.NotificationsMode],
      [Setting.NotificationsQuietHours, Setting.NotificationsMode],
    ] as const)
      expect(textOf(settings.get(id)?.markdownDescription ?? '')).toContain(`\`#${on}#\``);
  });
});
