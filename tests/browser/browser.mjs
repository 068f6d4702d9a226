// Chromium, started once a file, and what most tests do with it.

import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';
import { theSite } from './pages.mjs';

export const PHONE = { width: 360, height: 800 };
export const NARROW = { width: 320, height: 800 };
export const WIDE = { width: 1280, height: 900 };

/**
 * Serves a site (the built one, unless another is given, by a `host` as `serve` takes it) and starts Chromium; both end
 * with the file's tests.
 * Chromium can reach nothing but the server, so a test neither depends on the network nor touches it.
 */
export async function start(site = theSite(), host = {}) {
  const server = await serve(site.folder, site.base, host);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  /**
   * A context; `js: false` turns scripts off. Its `log` has every request, its `errors` what the console complained of.
   * Without service workers, unless they are what is tested: every first visit would save the whole site.
   */
  const context = async ({ js = true, viewport = PHONE, ...more } = {}) => {
    const made = await browser.newContext({ serviceWorkers: 'block', viewport, javaScriptEnabled: js, hasTouch: viewport.width < 600, ...more });
    made.setDefaultTimeout(30_000);
    made.log = [];
    made.errors = [];
    made.on('request', (request) => made.log.push(request.url()));
    made.on('console', (message) => {
      if (message.type() === 'error') made.errors.push(`${message.page()?.url()}: ${message.text()}`);
    });
    made.on('weberror', (error) => made.errors.push(`${error.page()?.url()}: ${error.error()}`));
    return made;
  };

  /** Opens a page of the site and waits for its fonts. */
  const open = async (page, path) => {
    const response = await page.goto(server.to(path));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    return response;
  };

  /**
   * Opens each of `pages` in one of two tabs and gives it to `visit(tab, page, response)`; what that returns, in order.
   */
  const each = async (pages, options, visit) => {
    const made = await context(options);
    const results = [];
    let next = 0;
    const work = async () => {
      const tab = await made.newPage();
      while (next < pages.length) {
        const at = next++;
        const response = await open(tab, pages[at].path);
        results[at] = await visit(tab, pages[at], response);
      }
    };
    try {
      await Promise.all([work(), work()]);
    } finally {
      await made.close();
    }
    return { results: results.flat(), log: made.log, errors: made.errors };
  };

  return { site, server, browser, context, open, each };
}

/**
 * Runs `look(argument, tools)` in the page. Its tools: `where(element)` names an element for people, `text(element)` is
 * its visible text in one line, `visible(element)` whether it takes room on the page.
 */
export function inspect(page, look, argument = null) {
  return page.evaluate(`(${look})(${JSON.stringify(argument)}, (${tools})())`);
}

function tools() {
  const text = (element) => (element.innerText ?? element.textContent).replace(/\s+/g, ' ').trim();
  const step = (element) => {
    const name = element.localName;
    if (element.id) return `${name}#${element.id}`;
    return element.classList.length ? `${name}.${[...element.classList].join('.')}` : name;
  };
  const where = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      steps.unshift(step(at));
      if (at.id) break;
    }
    const words = text(element);
    return `<${steps.slice(-3).join(' > ')}>${words ? ` “${words.length > 50 ? `${words.slice(0, 50)}…` : words}”` : ''}`;
  };
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 0 && box.height > 0;
  };
  return { where, text, visible };
}

/** Fails with every problem of a list, the first of them in full. */
export function none(problems, what) {
  if (problems.length === 0) return;
  const more = problems.length > 25 ? `\n  … and ${problems.length - 25} more` : '';
  assert.fail(`${what} (${problems.length}):\n  ${problems.slice(0, 25).join('\n  ')}${more}`);
}
