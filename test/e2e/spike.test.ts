import { expect, signIn, test } from './emulated';
import { accessibilityProblems } from './accessibility';

test.use({ emulatorOptions: { messages: 0 } });
test('spike', async ({ workbench, emulator, admin }) => {
  test.setTimeout(240_000);
  const { messages, webview, page } = workbench;
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    conversationId: '77', id: String(5_000_000_000 + index),
    from: { name: 'Long Talker', phoneNumber: '+14155550199' },
    text: `Message number ${index}${index % 1000 === 500 ? ' quokka' : ''} ${'blah '.repeat(index % 13)}`,
    readStatus: index >= 9_997 ? 'Unread' : 'Read',
    creationTime: new Date(Date.now() - (10_000 - index) * 600_000).toISOString(),
  }));
  console.time('deliver');
  for (let i = 0; i < many.length; i += 1000) await admin.deliverAll(many.slice(i, i + 1000));
  console.timeEnd('deliver');
  console.time('signin');
  await signIn(workbench, emulator, { loading: 120_000 });
  console.timeEnd('signin');
  await page.screenshot({ path: '/tmp/conv-0.png' });
  await expect(async () => { await messages.row(/^Long Talker/).pressAction('Open'); await expect(workbench.tab('Long Talker')).toBeVisible({ timeout: 3000 }); }).toPass();
  await expect(webview.getByText('Message number 9999')).toBeVisible();
  await page.screenshot({ path: '/tmp/conv-1.png' });
  const body = webview.locator('body');
  console.log('nodes', await body.evaluate((b) => b.querySelectorAll('*').length));
  console.log(await accessibilityProblems(webview));
  await webview.getByRole('article').last().focus();
  await page.keyboard.press('Home');
  await expect(webview.getByText('Message number 0')).toBeVisible();
  await page.screenshot({ path: '/tmp/conv-2.png' });
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('quokka');
  await expect(webview.getByText('1 of 10')).toBeVisible();
  await page.screenshot({ path: '/tmp/conv-3.png' });
  await page.keyboard.press('Enter');
  await expect(webview.getByText('2 of 10')).toBeVisible();
  await expect(webview.getByText('Message number 1500')).toBeInViewport();
  await page.keyboard.press('Escape');
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.screenshot({ path: '/tmp/conv-4.png' });
  await page.keyboard.press('ControlOrMeta+a');
  await expect(webview.getByText('10,000 selected')).toBeVisible();
  await page.keyboard.press('End');
  await expect(webview.getByText('Message number 9999')).toBeInViewport();
  await page.screenshot({ path: '/tmp/conv-5.png' });
  console.log('nodes', await body.evaluate((b) => b.querySelectorAll('*').length));
  await page.keyboard.press('Escape');
  // scroll drag
  await webview.locator('.messages').evaluate((m) => { m.scrollTop = m.scrollHeight / 2; });
  await page.waitForTimeout(1000);
  await page.screenshot({ path: '/tmp/conv-6.png' });
  for (let i = 0; i < 60; i++) { await page.mouse.move(900, 500); await page.mouse.wheel(0, -400); }
  await page.waitForTimeout(500);
  await page.screenshot({ path: '/tmp/conv-7.png' });
  console.log('nodes', await body.evaluate((b) => b.querySelectorAll('*').length));
});
