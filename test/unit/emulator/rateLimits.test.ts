import { describe, expect, it } from 'vitest';

import {
  type Answer,
  CONFIGURATION_PATH,
  type ErrorBody,
  EXTENSION_PATH,
  MESSAGES_PATH,
  requestToken,
  startTestEmulator,
  SYNC_PATH,
  type TestEmulator,
} from './testEmulator';

function limits(answer: Answer): (string | null)[] {
  return ['group', 'limit', 'remaining', 'window'].map((name) => answer.headers.get(`x-rate-limit-${name}`));
}

async function startLimited(light = 2): Promise<TestEmulator> {
  const test = await startTestEmulator();
  await test.admin.setRateLimits({ enabled: true, limits: { light } });
  return test;
}

describe('the rate limit headers', () => {
  it.each([
    ['GET', EXTENSION_PATH, 'light', '50'],
    ['GET', MESSAGES_PATH, 'light', '50'],
    ['GET', `${MESSAGES_PATH}/1`, 'light', '50'],
    ['GET', SYNC_PATH, 'light', '50'],
    ['GET', CONFIGURATION_PATH, 'light', '50'],
    ['PUT', CONFIGURATION_PATH, 'light', '50'],
    ['PUT', `${MESSAGES_PATH}/1`, 'medium', '40'],
    ['PATCH', `${MESSAGES_PATH}/1`, 'medium', '40'],
    ['DELETE', `${MESSAGES_PATH}/1`, 'medium', '40'],
    ['DELETE', MESSAGES_PATH, 'medium', '40'],
    ['GET', `${MESSAGES_PATH}/1/content/1`, 'medium', '40'],
    ['POST', '/restapi/oauth/token', 'auth', '5'],
  ])('state the rate group and its limit in the response to %s %s', async (method, path, group, limit) => {
    const test = await startTestEmulator();
    expect(limits(await test.request(method, path))).toEqual([group, limit, limit, '60']);
  });

  it('count down the remaining requests of each rate group', async () => {
    const test = await startLimited();
    expect(limits(await test.get(EXTENSION_PATH))).toEqual(['light', '2', '1', '60']);
    expect(limits(await test.get(MESSAGES_PATH))).toEqual(['light', '2', '0', '60']);
    expect(limits(await test.request('DELETE', `${MESSAGES_PATH}/1`))).toEqual(['medium', '40', '39', '60']);
  });
});

describe('rate limiting', () => {
  it('refuses a request beyond the limit with 429 CMN-301 and Retry-After', async () => {
    const test = await startLimited();
    await test.get(EXTENSION_PATH);
    await test.get(EXTENSION_PATH);
    const answer = await test.get(EXTENSION_PATH);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-301');
    expect(limits(answer)).toEqual(['light', '2', '0', '60']);
  });

  it('answers requests again after a penalty of 60 seconds, which every refused request restarts', async () => {
    const test = await startLimited(1);
    await test.get(EXTENSION_PATH);
    expect((await test.get(EXTENSION_PATH)).status).toBe(429);
    await test.admin.advanceClock(59);
    expect((await test.get(EXTENSION_PATH)).status).toBe(429);
    await test.admin.advanceClock(59);
    expect((await test.get(EXTENSION_PATH)).status).toBe(429);
    await test.admin.advanceClock(60);
    expect((await test.get(EXTENSION_PATH)).status).toBe(200);
  });

  it('accepts more requests than the limit when they are spread over more than one window', async () => {
    const test = await startLimited(2);
    for (let request = 0; request < 4; request++) {
      expect((await test.get(EXTENSION_PATH)).status).toBe(200);
      await test.admin.advanceClock(31);
    }
  });

  it('counts the requests of each rate group separately', async () => {
    const test = await startLimited(1);
    await test.get(EXTENSION_PATH);
    expect((await test.get(EXTENSION_PATH)).status).toBe(429);
    expect((await test.request('DELETE', `${MESSAGES_PATH}/1`)).status).toBe(404);
  });

  it('refuses the sixth request to the token endpoint within a minute', async () => {
    const { emulator, admin } = await startTestEmulator();
    await admin.setRateLimits({ enabled: true });
    const ask = (): Promise<Answer> => requestToken(emulator, { grant_type: 'password' });
    for (let request = 0; request < 5; request++) expect((await ask()).status).toBe(400);
    expect((await ask()).status).toBe(429);
  });

  it('is off by default, so that 60 requests in a row are answered', async () => {
    const test = await startTestEmulator();
    for (let request = 0; request < 60; request++) expect((await test.get(EXTENSION_PATH)).status).toBe(200);
  });

  it('is on from the start when the emulator is started with rateLimit: true', async () => {
    const test = await startTestEmulator({ rateLimit: true });
    expect(limits(await test.get(EXTENSION_PATH))).toEqual(['light', '50', '49', '60']);
  });
});
