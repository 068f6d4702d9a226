// Without network: what is kept, when it is served, how it is renewed, and how it goes away again.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { bestGuide, theSite } from './pages.mjs';
import { start } from './browser.mjs';
import { lineTo } from './line.mjs';
import { serve } from './serve.mjs';
import { about, comeBack } from './visitor.mjs';

const { site, context } = await start();
/** A guide that every reader keeps, and one that those keep who opened its carrier. */
const guide = Object.fromEntries(site.locales.map(({ id }) => {
  const full = site.pages.filter((page) => page.type === 'general' && page.locale === id && ['checklist', 'card'].every((part) => new RegExp(`id="?${part}[" >]`).test(site.text(`${page.path}index.html`))));
  return [id, full.sort((a, b) => b.size - a.size)[0].path];
}));
const own = Object.fromEntries(site.locales.map(({ id }) => [id, bestGuide(site, id).path]));
const carrierOf = (path) => path.split('/')[1];
const { prefix } = about(site);

/** A host of its own for a test, with a site that can be published anew, behind a line that can be cut. */
async function host(t, options = {}, headers = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rahnuma-'));
  cpSync(theSite().folder, folder, { recursive: true });
  const server = await serve(folder, site.base, headers);
  const line = await lineTo(server.origin);
  const made = await context({ serviceWorkers: 'allow', ...options });
  t.after(async () => {
    await made.close();
    await line.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const page = await made.newPage();
  const to = (path) => line.origin + site.base + path;
  const file = (name) => join(folder, name);
  const list = (locale, carrier) => JSON.parse(readFileSync(file(`offline/${locale}${carrier ? `/${carrier}` : ''}.json`), 'utf8'));
  /** Publishes another edition: each page of `changes` with words replaced, and lists that say so. */
  const publish = (locale, version, changes) => {
    const content = new Map();
    for (const [path, from, into] of changes) {
      const name = file(`${path}index.html`);
      const html = readFileSync(name, 'utf8');
      assert.ok(html.includes(from), `/${path} has “${from}”`);
      writeFileSync(name, html.replaceAll(from, into));
      content.set(site.base + path, createHash('sha256').update(readFileSync(name)).digest('base64'));
    }
    for (const carrier of ['', ...readdirSync(file(`offline/${locale}`)).map((name) => name.replace('.json', ''))]) {
      const saved = list(locale, carrier);
      const files = saved.files.map(([path, hash]) => [path, content.get(path) ?? hash]);
      writeFileSync(file(`offline/${locale}${carrier ? `/${carrier}` : ''}.json`), JSON.stringify({ ...saved, files, edition: version }));
    }
  };
  return { made, page, line, to, file, list, publish };
}

/** Waits until the page says at its foot that it is kept. */
const kept = (page) => page.waitForFunction(() => {
  const line = document.querySelector('.kept');
  return line && !line.hidden && line.querySelector('span').textContent.includes('2') && !line.querySelector('button').hidden;
});
/** Waits until a question to the page that takes a while is answered with yes; `waitForFunction` does not wait for answers. */
const until = async (page, question, argument) => {
  const end = Date.now() + 15_000;
  while (!(await page.evaluate(question, argument))) {
    assert.ok(Date.now() < end, `waited too long for ${question}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
};
const visit = async (page, address) => {
  await page.goto(address);
  await kept(page);
};
/** Waits until a page has had time for what it puts off. */
const idle = (page) =>
  page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve, { timeout: 2000 }), { timeout: 2000 })));
const copyLine = (page) => page.locator('.strip .saved');
/** Everything kept for this site: `[cache, path]`. */
const keptFiles = (page) =>
  page.evaluate(async () => {
    const found = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push([name, new URL(url).pathname]);
    return found;
  });
/** The copies, by language. */
const copies = (page) => page.evaluate(async (index) => (await (await caches.match(index))?.json()) ?? {}, `${site.base}offline/index`);
/** Waits until the copy of a language is of an edition. */
const isOf = (page, locale, edition) =>
  until(page, async ([index, id, wanted]) => (await (await caches.match(index))?.json())?.[id]?.edition === wanted, [`${site.base}offline/index`, locale, edition]);
const registrations = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
const shows = (page, words) => page.waitForFunction((wanted) => document.body.textContent.includes(wanted), words);
/** As if the reader came back to a page that lay open for a while. */
const comeBackAfter = async (page, minutes) => {
  await page.clock.setFixedTime(new Date(Date.now() + minutes * 6e4));
  await comeBack(page);
};

test('OF-1 OF-5 a page opens without network, and says from which day it is', async (t) => {
  const { page, made, line, to } = await host(t);
  for (const { id } of site.locales) {
    line.state = 'up';
    await visit(page, to(`${id}/`));
    assert.ok(!(await copyLine(page).isVisible()), 'online nothing is said');
    await page.reload();
    assert.ok(!(await copyLine(page).isVisible()), 'nor when the worker passes it on');
    line.state = 'down';
    // The page that was open, and one that never was.
    for (const path of [`${id}/`, guide[id], `${id}/sources/`]) {
      await page.goto(to(path));
      assert.ok(await copyLine(page).isVisible(), `/${path}`);
      await page.locator('.strip .saved time').waitFor();
      const [shown, saved] = await page.evaluate(() => [document.querySelector('.strip .saved time').dateTime, document.documentElement.dataset.saved]);
      assert.equal(shown, saved);
      assert.ok(await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily.length > 0 && document.styleSheets.length > 0), 'with its styles');
      assert.ok(await page.evaluate(() => document.querySelector('.strip').compareDocumentPosition(document.querySelector('h1')) & Node.DOCUMENT_POSITION_FOLLOWING));
    }
    // Scripts as well: ticks work in a shop without signal.
    await page.goto(to(guide[id]));
    await page.waitForFunction(() => customElements.get('guide-checklist'));
    await page.locator('#card > .acts button').waitFor();
    await page.reload();
    assert.equal(page.url(), to(guide[id]));
  }
  assert.deepEqual(made.errors.filter((error) => !/ERR_|Failed to load/.test(error)), []);
});

test('OF-5 so does one on a host that leaves it to browsers how long to keep a page', async (t) => {
  const { page, line, to } = await host(t, {}, { plain: true });
  await visit(page, to('en/'));
  for (const again of [1, 2]) {
    await page.goto(to(guide.en));
    assert.ok(!(await copyLine(page).isVisible()), `online nothing is said, time ${again}`);
    await page.goto(to('en/'));
  }
  line.state = 'down';
  for (const path of [guide.en, 'en/']) {
    await page.goto(to(path));
    assert.ok(await copyLine(page).isVisible(), path);
  }
});

test('OF-1 an address without its last slash, or with a query, opens the copy too', async (t) => {
  const { page, line, to } = await host(t);
  await visit(page, to('en/'));
  line.state = 'down';
  for (const path of [guide.en.replace(/\/$/, ''), `${guide.en}?from=a-friend`]) {
    await page.goto(to(path));
    assert.ok(await copyLine(page).isVisible(), path);
    assert.ok(await page.locator('#checklist').isVisible(), path);
  }
});

test('OF-1 a page that was not kept is answered in the language of its address, with a list of what is', async (t) => {
  const { page, line, to, list } = await host(t);
  for (const { id } of site.locales) {
    line.state = 'up';
    await visit(page, to(`${id}/`));
    line.state = 'down';
    await page.goto(to(`${id}/no-such/page/`));
    assert.equal(await page.evaluate(() => document.documentElement.dataset.locale), id);
    assert.equal(page.url(), to(`${id}/no-such/page/`));
    assert.ok(await page.locator('main .saved').isVisible(), 'it says that the page was not kept');
    await page.waitForFunction(() => document.querySelectorAll('#saved li').length);
    const listed = await page.locator('#saved a').evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent]));
    const pages = list(id).files.map(([path]) => path).filter((path) => path.startsWith(`${site.base}${id}/`) && !path.endsWith('/offline/'));
    assert.deepEqual(listed.map(([href]) => href).sort(), pages.sort());
    for (const [href, title] of listed) {
      const html = site.text(`${href.slice(site.base.length)}index.html`);
      const [, written] = /<meta content=(?:"([^"]*)"|[^ >]*) property="?og:title/.exec(html) ?? [];
      if (written) assert.equal(title.replace(/['&<>"]/g, ''), written.replace(/&#?\w+;|'/g, ''), href);
      assert.ok(title && !/&\w+;/.test(title), title);
    }
    assert.ok(!(await page.locator('#saved .none').isVisible()));
    await page.locator('#saved a').last().click();
    await page.waitForURL(to(pages.at(-1).slice(site.base.length)) === page.url() ? page.url() : (url) => url.pathname !== `${site.base}${id}/no-such/page/`);
    assert.ok(await copyLine(page).isVisible());
  }
});

test('OF-1 a language that was not kept is answered in the one that was', async (t) => {
  const { page, line, to } = await host(t);
  await visit(page, to('zh/'));
  line.state = 'down';
  for (const path of ['ur/', 'ur/general/']) {
    await page.goto(to(path));
    assert.equal(await page.evaluate(() => document.documentElement.dataset.locale), 'zh', `/${path}`);
    await page.waitForFunction(() => document.querySelectorAll('#saved li').length);
  }
});

test('OF-1 a slow line gives way to the copy after three seconds, a broken host at once; without a copy the reader waits', async (t) => {
  const { page, line, to } = await host(t);
  await visit(page, to('en/'));
  line.state = 8000;
  const began = Date.now();
  await page.goto(to(guide.en), { waitUntil: 'commit' });
  const took = Date.now() - began;
  assert.ok(await copyLine(page).isVisible());
  assert.ok(took >= 2900 && took < 7000, `${took} ms`);
  line.state = 'broken';
  await page.goto(to('en/sources/'));
  assert.ok(await copyLine(page).isVisible());
  line.state = 3500;
  await page.goto(to(guide.ur), { waitUntil: 'commit' });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ur');
  assert.ok(!(await copyLine(page).isVisible()), 'the page itself, late');
});

test('OF-1 nothing but pages and hashed assets of the site goes through the worker', async (t) => {
  const { page, line, to } = await host(t);
  await visit(page, to('en/'));
  await page.reload();
  line.log.length = 0;
  const asset = await page.evaluate(() => document.querySelector('script[src]').src);
  assert.equal(await page.evaluate(async (url) => (await fetch(url, { cache: 'reload' })).status, asset), 200);
  assert.ok(!line.log.includes(new URL(asset).pathname), 'assets come from the copy');
  const data = await page.evaluate(async (url) => (await fetch(url, { cache: 'reload' })).ok, to('sitemap.xml'));
  assert.ok(data && line.log.includes(`${site.base}sitemap.xml`), 'other files come from the network');
  line.state = 'down';
  assert.ok(await page.evaluate((url) => fetch(url, { cache: 'no-store' }).then(() => false, () => true), to('sitemap.xml')));
});

test('OF-2 a visit keeps what every reader needs and the carriers that were opened, and nothing of other languages', async (t) => {
  const { page, to, list } = await host(t);
  const kept = async () => [...new Set((await keptFiles(page)).map(([, path]) => path).filter((path) => path !== `${site.base}offline/index`))].sort();
  const listed = (...lists) => [...new Set(lists.flatMap(({ files }) => files.map(([path]) => path)))].sort();
  for (const { id } of site.locales.slice(0, 2)) {
    await page.evaluate(async () => { for (const name of await caches.keys()) await caches.delete(name); }).catch(() => {});
    await visit(page, to(`${id}/`));
    assert.deepEqual(await kept(), listed(list(id)), 'no carrier yet');
    const { edition } = list(id);
    await visit(page, to(own[id]));
    await until(page, async ([index, locale]) => (await (await caches.match(index)).json())[locale].carriers.length === 1, [`${site.base}offline/index`, id]);
    assert.deepEqual(await kept(), listed(list(id), list(id, carrierOf(own[id]))));
    const { [id]: copy } = await copies(page);
    assert.deepEqual([copy.edition, copy.carriers], [edition, [carrierOf(own[id])]]);
    for (const other of site.locales.filter((locale) => locale.id !== id)) assert.ok(!(await kept()).some((path) => path.startsWith(`${site.base}${other.id}/`)));
  }
});

test('OF-2 all carriers are kept when the reader asks for it, knowing what is still to come', async (t) => {
  const { page, line, to, list } = await host(t);
  await visit(page, to('en/'));
  const whole = page.locator('.kept button').nth(1);
  await whole.waitFor();
  const { all, bytes } = list('en');
  const shown = Number((await whole.textContent()).match(/[\d.,]+/)[0].replace(',', ''));
  assert.ok(Math.abs(shown - (all - bytes) / (all - bytes < 1e6 ? 1e3 : 1e6)) <= 1, `${shown} for ${all - bytes}`);
  await whole.click();
  await until(page, async ([index, count]) => (await (await caches.match(index)).json()).en.carriers.length === count, [`${site.base}offline/index`, JSON.parse(site.text('offline/carriers.json')).length]);
  await kept(page);
  assert.ok(!(await whole.isVisible()), 'there is nothing more to keep');
  assert.equal((await copies(page)).en.bytes, all);
  line.state = 'down';
  await page.goto(to(own.en));
  assert.ok(await copyLine(page).isVisible());
});

test('OF-2 the chooser and lost addresses keep nothing; saving waits until the page has loaded', async (t) => {
  const { page, line, to } = await host(t);
  for (const path of ['', 'ur/nope']) {
    await page.goto(to(path), { waitUntil: 'load' });
    await idle(page);
    assert.equal(await registrations(page), 0, `/${path}`);
  }
  line.log.length = 0;
  await visit(page, to(guide.en));
  const first = line.log.findIndex((path) => path.endsWith('/sw.js'));
  const needed = await page.evaluate(() => performance.getEntriesByType('resource').filter(({ initiatorType }) => ['link', 'script', 'css'].includes(initiatorType)).map(({ name }) => new URL(name).pathname));
  for (const path of needed) assert.ok(line.log.indexOf(path) < first, `${path} comes before the worker`);
});

/** A browser that says how its line is. */
const connection = (values) => (made) => made.addInitScript((value) => Object.defineProperty(Navigator.prototype, 'connection', { get: () => value }), values);

for (const values of [{ saveData: true, effectiveType: '4g' }, { saveData: false, effectiveType: '2g' }, { saveData: false, effectiveType: 'slow-2g' }]) {
  test(`OF-2 with ${JSON.stringify(values)} nothing is kept until the reader asks for it, knowing the size`, async (t) => {
    const { page, made, line, to, list } = await host(t);
    await connection(values)(made);
    await page.goto(to('zh/'));
    const button = page.locator('.kept button:first-of-type');
    await button.waitFor();
    const { bytes } = list('zh');
    const shown = (await button.textContent()).match(/[\d.,]+/)[0].replace(',', '');
    const wanted = bytes < 1e6 ? bytes / 1e3 : bytes / 1e6;
    assert.ok(Math.abs(Number(shown) - wanted) <= 1, `${await button.textContent()} for ${bytes} bytes`);
    assert.equal(await registrations(page), 0);
    assert.deepEqual(await keptFiles(page), []);
    await button.click();
    await kept(page);
    assert.ok((await keptFiles(page)).length > 5);
    // Later pages keep quiet: they tell what there is, and fetch nothing.
    line.log.length = 0;
    await visit(page, to(guide.zh));
    assert.ok(!line.log.some((path) => /offline\/zh\.json/.test(path)), line.log.join(' '));
  });
}

test('OF-3 a new edition fetches what changed and nothing else, then takes the place of the old one', async (t) => {
  const { page, line, to, publish } = await host(t);
  await visit(page, to('en/'));
  const heading = /<h1[^>]*>([^<]+)<\/h1>/.exec(site.text(`${guide.en}index.html`))[1];
  publish('en', 'second', [[guide.en, heading, 'Second edition']]);
  line.log.length = 0;
  await visit(page, to('en/sources/'));
  await isOf(page, 'en', 'second');
  const fetched = line.log.filter((path) => path.endsWith('/') && path !== `${site.base}en/sources/`);
  assert.deepEqual(fetched, [site.base + guide.en]);
  line.state = 'down';
  await page.goto(to(guide.en));
  assert.equal(await page.locator('h1').textContent(), 'Second edition');
});

test('OF-3 a save that breaks off leaves the old edition whole, and is taken up again later', async (t) => {
  const { page, line, to, publish, list } = await host(t);
  await visit(page, to('en/'));
  const changed = list('en').files.map(([path]) => path.slice(site.base.length)).filter((path) => path.startsWith('en/') && path !== 'en/' && path !== 'en/sources/').slice(0, 8);
  publish('en', 'second', changed.map((path) => [path, '</h1>', ' (second edition)</h1>']));
  line.log.length = 0;
  // The page with what it needs, the list, three of eight pages: then the line is cut.
  const isChanged = (path) => changed.includes(path.slice(site.base.length));
  const cut = setInterval(() => { if (line.log.filter(isChanged).length >= 4) line.state = 'down'; }, 1);
  t.after(() => clearInterval(cut));
  await visit(page, to('en/sources/'));
  clearInterval(cut);
  line.state = 'down';
  for (const path of changed) {
    await page.goto(to(path));
    assert.doesNotMatch(await page.locator('h1').textContent(), /second edition/, `/${path} is of the old edition`);
  }
  line.state = 'up';
  line.log.length = 0;
  await visit(page, to('en/'));
  await isOf(page, 'en', 'second');
  assert.ok(line.log.filter(isChanged).length < changed.length + 1);
  line.state = 'down';
  for (const path of changed) {
    await page.goto(to(path));
    assert.match(await page.locator('h1').textContent(), /second edition/, `/${path} is of the new edition`);
  }
});

test('OF-3 pages of two editions never become one copy', async (t) => {
  const { page, line, to, publish, list } = await host(t);
  // While the first pages are on their way, the site is published anew.
  const heading = '</h1>';
  let done = false;
  const watch = setInterval(() => {
    if (done || line.log.filter((path) => path.endsWith('/')).length < 4) return;
    done = true;
    publish('en', 'second', list('en').files.map(([path]) => path.slice(site.base.length)).filter((path) => path.startsWith('en/')).map((path) => [path, heading, ` (second edition)${heading}`]));
  }, 1);
  t.after(() => clearInterval(watch));
  await page.goto(to('en/'));
  await until(page, async () => (await navigator.serviceWorker.getRegistration())?.active);
  await page.waitForFunction(() => !document.querySelector('.kept').hidden);
  assert.ok(done);
  await visit(page, to('en/'));
  await isOf(page, 'en', 'second');
  line.state = 'down';
  for (const path of ['en/', guide.en, 'en/sources/']) {
    await page.goto(to(path));
    assert.match(await page.locator('h1').textContent(), /second edition/, `/${path}`);
  }
});

test('OF-4 an open page learns of newer facts, and changes only when the reader says so; ticks stay', async (t) => {
  const { page, to, publish } = await host(t);
  await visit(page, to(guide.ur));
  const box = page.locator('[data-item]:not([hidden]) input').first();
  await page.locator('[data-item]:not([hidden]) label').first().click();
  assert.ok(await box.isChecked());
  await page.evaluate(() => { window.untouched = true; });
  assert.ok(!(await page.locator('.newer').isVisible()));
  publish('ur', 'second', [[guide.ur, '</h1>', ' (2)</h1>']]);
  await comeBackAfter(page, 11);
  await page.locator('.newer').waitFor();
  assert.ok(await page.evaluate(() => window.untouched), 'it was not reloaded');
  assert.ok(await box.isChecked());
  await page.locator('.newer button').click();
  await page.waitForFunction(() => !window.untouched && document.querySelector('h1')?.textContent.endsWith('(2)'));
  await page.waitForFunction(() => document.querySelector('[data-item]:not([hidden]) input')?.checked);
  assert.ok(!(await page.locator('.newer').isVisible()));
});

test('OF-4 facts of other pages are no reason to reload this one', async (t) => {
  const { page, to, publish } = await host(t);
  await visit(page, to(guide.en));
  publish('en', 'second', [['en/sources/', '</h1>', ' (2)</h1>']]);
  await comeBackAfter(page, 11);
  await isOf(page, 'en', 'second');
  await kept(page);
  assert.ok(!(await page.locator('.newer').isVisible()));
});

test('OF-4 a page from the copy hears that the network has a newer one', async (t) => {
  const { page, line, to, publish } = await host(t);
  await visit(page, to(guide.en));
  publish('en', 'second', [[guide.en, '</h1>', ' (2)</h1>']]);
  line.state = 4000;
  await page.goto(to(guide.en));
  assert.ok(await copyLine(page).isVisible());
  await page.locator('.newer').waitFor();
  line.state = 'up';
  await page.locator('.newer button').click();
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.endsWith('(2)'));
  assert.ok(!(await copyLine(page).isVisible()));
});

test('OF-4 a new worker waits for the reader', async (t) => {
  const { page, to, file } = await host(t);
  await visit(page, to(guide.en));
  await page.reload();
  await kept(page);
  await page.evaluate(() => { window.untouched = true; });
  writeFileSync(file('sw.js'), `${readFileSync(file('sw.js'), 'utf8')}\n// another edition\n`);
  await page.evaluate(async () => { (await navigator.serviceWorker.ready).update(); });
  await page.locator('.newer').waitFor();
  assert.ok(await page.evaluate(async () => window.untouched && Boolean((await navigator.serviceWorker.ready).waiting)), 'it waits, and nothing was reloaded');
  await page.locator('.newer button').click();
  await page.waitForFunction(() => !window.untouched);
  await until(page, async () => { const { waiting, active } = await navigator.serviceWorker.ready; return !waiting && active.state === 'activated'; });
  await kept(page);
  assert.ok(!(await page.locator('.newer').isVisible()));
  assert.ok((await keptFiles(page)).length > 5, 'the copy outlives the worker');
});

test('OF-6 the foot says what is kept and removes it; it stays away until the reader asks for it', async (t) => {
  const { page, to } = await host(t);
  for (const { id } of site.locales) {
    await visit(page, to(`${id}/`));
    const line = page.locator('.kept');
    assert.match(await line.locator('span').textContent(), /2\d/);
    assert.ok(await line.locator('time').getAttribute('datetime'));
    assert.doesNotMatch(await line.textContent(), /[{}]/);
    await line.locator('button').first().click();
    await until(page, async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length);
    await page.waitForFunction(() => !document.querySelector('.kept span').textContent);
    assert.equal(await page.evaluate((key) => localStorage.getItem(key), `${prefix}:offline`), 'no');
    await page.goto(to(guide[id]));
    await page.locator('.kept button:first-of-type').waitFor();
    assert.equal(await registrations(page), 0, 'a later visit keeps nothing');
    await page.locator('.kept button:first-of-type').click();
    await kept(page);
    assert.equal(await page.evaluate((key) => localStorage.getItem(key), `${prefix}:offline`), null);
  }
});

test('OF-6 what was removed is not saved again by a page that lies open', async (t) => {
  const { page, made, to } = await host(t);
  const other = await made.newPage();
  await visit(other, to(guide.en));
  await visit(page, to('en/'));
  await page.locator('.kept button:first-of-type').click();
  await page.waitForFunction(() => !document.querySelector('.kept span').textContent);
  for (const tab of [page, other]) {
    await comeBackAfter(tab, 11);
    await idle(tab);
  }
  assert.equal(await registrations(page), 0);
  assert.deepEqual(await keptFiles(page), []);
});

test('OF-6 a reader who removes it and thinks again keeps it on the same page', async (t) => {
  const { page, to } = await host(t);
  await visit(page, to('en/'));
  await page.locator('.kept button:first-of-type').click();
  await page.waitForFunction(() => !document.querySelector('.kept span').textContent && !document.querySelector('.kept button').hidden);
  await page.locator('.kept button:first-of-type').click();
  await kept(page);
  assert.ok((await keptFiles(page)).length > 10);
});

test('OF-6 the list of what is kept empties when it is removed', async (t) => {
  const { page, to } = await host(t);
  await visit(page, to('en/offline/'));
  await page.locator('#saved li').first().waitFor();
  await page.locator('.kept button:first-of-type').click();
  await page.locator('#saved .none').waitFor();
  assert.equal(await page.locator('#saved li').count(), 0);
});

test('OF-2 a copy that could not be saved says so, and can be asked for again', async (t) => {
  const { page, line, to } = await host(t);
  await page.addInitScript((key) => localStorage.setItem(key, 'no'), `${prefix}:offline`);
  await page.goto(to('en/'));
  await page.locator('.kept button:first-of-type').waitFor();
  const failed = await page.locator('.kept').getAttribute('data-t-failed');
  for (const state of ['down', 'broken']) {
    line.state = state;
    await page.locator('.kept button:first-of-type').click();
    await page.waitForFunction((words) => document.querySelector('.kept span').textContent === words && !document.querySelector('.kept button').hidden, failed);
  }
  line.state = 'up';
  await page.locator('.kept button:first-of-type').click();
  await kept(page);
});

test('OF-2 everything that could not be kept is said, the copy stays, and it can be asked for again', async (t) => {
  const { page, line, to, list } = await host(t);
  await visit(page, to('en/'));
  const failed = await page.locator('.kept').getAttribute('data-t-failed');
  const whole = page.locator('.kept button').nth(1);
  const before = (await keptFiles(page)).length;
  for (const state of ['down', 'broken']) {
    line.state = state;
    await whole.click();
    await page.waitForFunction((words) => document.querySelector('.kept span').textContent === words && !document.querySelectorAll('.kept button')[1].hidden, failed);
    assert.equal((await keptFiles(page)).length, before);
  }
  line.state = 'up';
  await whole.click();
  await kept(page);
  assert.equal((await copies(page)).en.bytes, list('en').all);
});

test('OF-6 what other sites keep on the same host is left alone', async (t) => {
  const { page, to } = await host(t);
  await visit(page, to('en/'));
  await page.evaluate(async (root) => { for (const name of ['rahnuma / en 1', `rahnuma ${root}x/ en 1`, 'something else']) await (await caches.open(name)).put('/a', new Response('a')); }, site.base);
  await page.locator('.kept button:first-of-type').click();
  await until(page, async () => !(await navigator.serviceWorker.getRegistrations()).length);
  assert.equal((await keptFiles(page)).length, 3);
});

test('OF-7 the lines that turn the worker off do what its comment says, and leave pages working', async (t) => {
  const { page, line, to, file } = await host(t);
  await visit(page, to(guide.en));
  const source = readFileSync(file('sw.js'), 'utf8');
  const lines = [...source.matchAll(/^\/\/ {3}(.*)$/gm)].map(([, code]) => code);
  assert.ok(lines.length > 3);
  writeFileSync(file('sw.js'), `${lines.join('\n')}\n`);
  await page.goto(to(guide.en));
  await until(page, async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length);
  await page.goto(to(guide.en));
  assert.ok(await page.locator('#checklist').isVisible());
  await page.locator('#card > .acts button').waitFor();
  await until(page, async () => !(await navigator.serviceWorker.getRegistrations()).length);
  line.state = 'down';
  await assert.rejects(page.goto(to('en/sources/')), /ERR_/, 'nothing is served from a copy');
});

test('OF-1 a browser without workers, and one that refuses them, show pages as ever', async (t) => {
  for (const refuse of [
    () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined }),
    () => { ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('refused', 'SecurityError'); }; },
  ]) {
    const { page, made, to } = await host(t);
    await made.addInitScript(refuse);
    await page.goto(to(guide.zh));
    await idle(page);
    assert.ok(!(await page.locator('.kept').isVisible()));
    assert.deepEqual(made.errors, []);
  }
});
