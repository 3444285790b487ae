import type { Page } from '@playwright/test';

/** Zooms the whole window, as somebody does who cannot read what is small: all is larger, and there is less room. */
export async function zoomWindow(page: Page, zoom: number): Promise<void> {
  const size = page.viewportSize();
  if (!size) throw new Error('The window has no size of its own.');
  // It must stay, for the size goes with it.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(size.width / zoom),
    height: Math.round(size.height / zoom),
    deviceScaleFactor: zoom,
    mobile: false,
  });
}
