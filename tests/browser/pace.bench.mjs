// How long the longest guide of each language takes on slow lines and slow phones (reader.md, section 14), and a tick on it.
// Timings depend on the machine and on what else it does, so they are figures to read, not tests to pass:
// `node --test tests/browser/pace.bench.mjs`.

import test from 'node:test';
import { bestGuide, theSite } from './pages.mjs';
import { PHONE, start } from './browser.mjs';
import { look, tick } from './checklists.mjs';

const RUNS = 5;
/** Slow lines: bytes a second, milliseconds there and back, how many times slower the processor is. */
const LINES = [
  { name: 'slow 4G', bytes: 200_000, latency: 150, slower: 4 },
  { name: '3G', bytes: 50_000, latency: 400, slower: 6 },
];

const { site, context, open } = await start(theSite(), { gzip: true });
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A first visit: milliseconds to the largest paint, and by how much tasks after the first outlast 50 ms. */
async function visit(path, { bytes, latency, slower }) {
  const made = await context({ viewport: PHONE, deviceScaleFactor: 2 });
  const page = await made.newPage();
  const client = await made.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: bytes, uploadThroughput: bytes });
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(() => {
    window.seen = { paint: 0, tasks: [] };
    new PerformanceObserver((list) => (window.seen.paint = list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => window.seen.tasks.push(...list.getEntries().map(({ startTime, duration }) => [startTime, startTime + duration]))).observe({ type: 'longtask', buffered: true });
  });
  await open(page, path);
  await page.waitForFunction(() => window.seen.paint > 0);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 })));
  const { paint, tasks, first } = await page.evaluate(() => ({ ...window.seen, first: performance.getEntriesByName('first-contentful-paint')[0].startTime }));
  await made.close();
  return { paint, blocked: tasks.reduce((sum, [from, to]) => sum + Math.max(0, to - Math.max(from, first) - 50), 0) };
}

/** Milliseconds from a click on a row to the paint that shows its tick, six times slower than this machine. */
async function answer(path) {
  const made = await context();
  const page = await made.newPage();
  await open(page, path);
  const client = await made.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const took = [];
  for (const { id } of (await look(page)).rows.filter(({ shown }) => shown).slice(0, RUNS)) {
    await page.evaluate(() => {
      window.slow = new Promise((resolve) =>
        new PerformanceObserver((list) => {
          const found = list.getEntries().find(({ name }) => name === 'click');
          if (found) resolve(found.duration);
        }).observe({ type: 'event', durationThreshold: 16 }),
      );
    });
    await tick(page, id);
    took.push(await page.evaluate(() => window.slow));
  }
  await made.close();
  return median(took);
}

for (const { id } of site.locales) {
  const { path } = bestGuide(site, id);
  for (const line of LINES) {
    test(`/${path}, ${line.name}, processor ${line.slower} times slower`, async (t) => {
      const visits = [];
      for (let run = 0; run < RUNS; run++) visits.push(await visit(path, line));
      t.diagnostic(`largest paint ${median(visits.map(({ paint }) => paint)).toFixed(0)} ms, blocked ${median(visits.map(({ blocked }) => blocked)).toFixed(0)} ms`);
    });
  }
  test(`/${path}, a tick (PE-2), processor 6 times slower`, async (t) => t.diagnostic(`answered in ${await answer(path)} ms`));
}
