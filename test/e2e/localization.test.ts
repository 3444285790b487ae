/** The whole extension in another language: nothing is left in English, and strangers write from right to left. */
import type { Locator } from '@playwright/test';
import { englishIn, PSEUDO_LOCALE } from '../localization/pseudo';
import { expect, test } from './emulated';

test.use({ emulatorOptions: { messages: 0 } });

const ada = { name: 'Ada Park', phoneNumber: '+16505550101' };
const noa = { name: 'נועה לוי', phoneNumber: '+16505550102' };
const HEBREW = 'שלום! הפגישה ב־3, בסדר?';
/** What people wrote and are called. */
const DATA = [
  ...['Ada Park', 'Robin Whitlock', 'Can you call me back?', 'Please sign.', 'q.tif', 'image/tiff'],
  ...['folder-', 'code-server'],
];

/** Addresses, keys, and settings as VS Code calls them by their ids in every language. */
const NO_TEXT = /https?:\S+|\(Del\)|ringcentralMailbox\.[\w.]+|Ringcentral Mailbox(?: ›|:) [\w: ]+/g;

/** What elements say, to the eye and to a screen reader, that has a word of English in it. */
async function englishOf(elements: Locator): Promise<string[]> {
  await expect(elements.first()).toBeAttached();
  const said = await elements.evaluateAll((found) =>
    found.flatMap((element) => [
      element instanceof HTMLElement ? element.innerText : element.textContent,
      ...[element, ...element.querySelectorAll('*')].flatMap((each) =>
        ['aria-label', 'title', 'placeholder', 'aria-description'].map(
          (name) => each.getAttribute(name) ?? '',
        ),
      ),
    ]),
  );
  const lines = said.flatMap((text) => text.split('\n')).map((text) => text.trim());
  return [...new Set(lines)].filter((text) => englishIn(text.replace(NO_TEXT, ''), DATA).length > 0);
}

test.describe('in a language of which every letter is foreign', () => {
  test.use({ language: 'pseudo' });

  test('no English is left in views, menus, pickers, pages and settings', async ({
    workbench,
    admin,
    page,
    signIn,
  }) => {
    await admin.deliverAll([
      {
        type: 'VoiceMail',
        from: ada,
        vmTranscriptionStatus: 'Completed',
        attachments: [
          {
            type: 'AudioRecording',
            contentType: 'audio/mpeg',
            file: 'voicemail-ruth.mp3',
            fileName: 'v.mp3',
          },
          { type: 'AudioTranscription', contentType: 'text/plain', text: 'Can you call me back?' },
        ],
      },
      {
        type: 'Fax',
        from: ada,
        coverPageText: 'Please sign.',
        attachments: [
          {
            type: 'RenderedDocument',
            contentType: 'image/tiff',
            file: 'fax-timber-quote.tif',
            fileName: 'q.tif',
          },
        ],
      },
      { from: noa, text: HEBREW },
      { direction: 'Outbound', to: [noa], text: HEBREW, messageStatus: 'DeliveryFailed' },
    ]);
    await signIn();
    const { messages, quickInput, contextMenu, webview, text } = workbench;
    // A row that is used again keeps, out of sight, what it said before.
    const listed = quickInput.items
      .locator('.label-name, .label-description, .quick-input-list-label-meta')
      .filter({ visible: true });
    /** The palette finds a command by what it is called in English, too. */
    const command = async (english: string): Promise<void> => {
      await page.keyboard.press('F1');
      await quickInput.type(`>RingCentral Mailbox: ${english}`);
      await quickInput.pick(`RingCentral Mailbox: ${english}`);
    };
    const none = (what: string, found: readonly string[]): void => expect.soft(found, what).toEqual([]);

    await test.step('rows, titles and the status bar', async () => {
      await messages.row(text('Faxes')).locator.waitFor();
      none('the sidebar', await englishOf(page.locator('.part.sidebar')));
      none('the activity bar', await englishOf(workbench.activity));
      none('the status bar', await englishOf(workbench.statusBar.locator('[id^="mailbox-for-ringcentral"]')));
    });

    await test.step('the menus of a conversation and of the view', async () => {
      const group = messages.row(noa.name);
      await group.locator.click({ button: 'right' });
      none('the menu of a conversation', await englishOf(contextMenu.items));
      await contextMenu.close();
      await messages.pane.hover();
      await messages.title.locator('.codicon-toolbar-more').click();
      none('the menu of the view', await englishOf(contextMenu.items));
      await contextMenu.close();
    });

    await test.step('the palette', async () => {
      await page.keyboard.press('F1');
      await quickInput.type('>RingCentral Mailbox');
      await expect(quickInput.items.nth(5)).toBeVisible();
      // Below it, VS Code shows what a command is called in English.
      none(
        'the palette',
        await englishOf(quickInput.items.locator('.quick-input-list-row:first-child .label-name')),
      );
      await quickInput.cancel();
    });

    await test.step('the hover of a fax', async () => {
      await messages.pane.locator('.monaco-list').first().focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      none(
        'the hover',
        await englishOf(page.locator('.monaco-hover').filter({ hasText: ada.name, visible: true })),
      );
      await page.keyboard.press('Escape');
    });

    await test.step('the filters and the search box', async () => {
      await messages.openMenu(text('Filter'));
      await contextMenu.choose(text('Filter…'));
      await expect(quickInput.item(text('Direction'))).toBeVisible();
      none('the filters', await englishOf(listed.or(quickInput.input)));
      await quickInput.cancel();
      await command('Search Messages…');
      await expect(quickInput.input).toHaveAttribute(
        'placeholder',
        text('Words, names, numbers, or from:, type:fax, is:unread, after:7d …'),
      );
      await expect(listed.nth(3)).toBeVisible();
      // Beside words and conditions, which are the same in every language, it says what they find.
      none(
        'the search box',
        await englishOf(listed.and(page.locator('.label-description')).or(quickInput.input)),
      );
      await quickInput.cancel();
    });

    await test.step('the first steps of signing in', async () => {
      await command('Sign In…');
      await expect(quickInput.item(text('JWT credential'))).toBeVisible();
      none('the ways to sign in', await englishOf(listed.or(quickInput.input)));
      await quickInput.pick(text('JWT credential'));
      await expect(quickInput.item(text('Sandbox'))).toBeVisible();
      none('the servers', await englishOf(listed.or(quickInput.input)));
      await quickInput.cancel();
    });

    await test.step('a conversation, whose texts begin at the right', async () => {
      await messages.row(noa.name).locator.click();
      const bubble = webview.getByText(HEBREW).first();
      await expect(bubble).toBeVisible();
      expect(await bubble.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
      await expect(webview.locator('html')).toHaveAttribute('lang', PSEUDO_LOCALE);
      none('the conversation', await englishOf(webview.locator('body')));
      none('the tab', await englishOf(page.locator('.editor-group-container .tabs-container')));
    });

    await test.step('settings', async () => {
      await workbench.page.keyboard.press('Control+,');
      const search = page.locator('.settings-editor .suggest-input-container .monaco-editor');
      await search.click();
      await page.keyboard.insertText('@ext:mailbox-for-ringcentral.ringcentral-mailbox');
      const descriptions = page.locator('.setting-item-description');
      // All settings are there until it is done.
      await expect(
        page.locator('.setting-item-category').filter({ hasNotText: /^Ringcentral Mailbox/ }),
      ).toHaveCount(0);
      await expect(descriptions.nth(3)).toBeVisible();
      none('settings', await englishOf(descriptions));
    });
  });
});

test.describe('in German', () => {
  test.use({ language: 'de' });

  test('messages are listed, read, deleted and restored, and a text that is written from right to left begins at the right', async ({
    workbench,
    admin,
    page,
    signIn,
  }) => {
    const { messages, contextMenu, webview, text } = workbench;
    const [{ id } = { id: 0 }] = await admin.deliverAll([
      { from: noa, text: HEBREW },
      { direction: 'Outbound', to: [noa], text: 'Danke!' },
      { type: 'Fax', from: ada, faxPageCount: 2, readStatus: 'Read' },
    ]);
    const kept = async (): Promise<unknown> =>
      (await admin.state()).messages.find((each) => each.id === String(id));
    await signIn();

    await test.step('rows count and name things in German', async () => {
      await expect(messages.row(/^Textnachrichten, 1 von 2 ungelesen$/).locator).toBeVisible();
      await expect(messages.row(/^Fax von Ada Park, 2 Seiten, /).locator).toBeVisible();
      await expect(workbench.statusBar.getByRole('button', { name: '1 ungelesene Nachricht' })).toBeVisible();
    });

    await test.step('the page is German, but a text keeps the direction of its own language', async () => {
      await messages.row(noa.name).locator.click();
      await expect(webview.locator('html')).toHaveAttribute('lang', 'de');
      await expect(webview.locator('html')).not.toHaveAttribute('dir', 'rtl');
      const direction = (words: string): Promise<string> =>
        webview
          .getByText(words)
          .first()
          .evaluate((element) => getComputedStyle(element).direction);
      await expect(webview.getByText(HEBREW).first()).toBeVisible();
      expect([await direction(HEBREW), await direction('Danke!')]).toEqual(['rtl', 'ltr']);
      await expect(webview.getByText('Heute', { exact: true })).toBeVisible();
      await expect(messages.row(/^Textnachrichten, 2 Nachrichten$/).locator).toBeVisible();
    });

    await test.step('a message is marked as unread and deleted by the menu, and restored by a key', async () => {
      await messages.settle();
      await messages.pane.locator('.monaco-list').first().focus();
      await page.keyboard.press('ArrowRight');
      const row = messages.row(/^Textnachricht von/);
      await row.locator.click({ button: 'right' });
      await contextMenu.choose(text('Mark as Unread'));
      await expect.poll(kept).toMatchObject({ readStatus: 'Unread' });
      await messages.settle();
      await messages.row(/^Ungelesene Textnachricht von/).locator.click({ button: 'right' });
      await contextMenu.choose(text('Delete'));
      await expect.poll(kept).toMatchObject({ availability: 'Deleted' });
      await expect(workbench.statusBar.getByRole('alert')).toHaveAccessibleName(/gelöscht.*Strg\+Z/i);
      await messages.press('Control+Z', { shows: messages.row(/^Ungelesene Textnachricht von/).locator });
      await expect.poll(kept).toMatchObject({ availability: 'Alive' });
    });
  });
});
