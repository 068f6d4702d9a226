import { mkdtempSync, writeFileSync } from 'node:fs';
import { inspect, NARROW, PHONE, start } from './browser.mjs';
if (process.env.BARE) { writeFileSync('/tmp/nq/fonts.conf', `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include><selectfont><rejectfont><pattern><patelt name="family"><string>Noto Nastaliq Urdu</string></patelt></pattern></rejectfont></selectfont></fontconfig>`);
process.env.FONTCONFIG_FILE='/tmp/nq/fonts.conf'; }
const d = await start();
for (const block of [false, true]) {
const made = await d.context({ viewport: NARROW });
if (block) await made.route('**/*.woff2', (r) => r.abort());
const page = await made.newPage();
const client = await made.newCDPSession(page);
await client.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
for (const path of ['ur/404.html','ur/compare/','ur/jazz/close-sim/']) {
await d.open(page, path);
console.log(block, path, await inspect(page, (_, {where, visible}) => [document.documentElement.scrollWidth, ...[...document.body.querySelectorAll('*')].filter((e) => { const {left,right}=e.getBoundingClientRect(); return visible(e) && (left < -.5 || right > innerWidth + .5) && !e.matches('.skips *'); }).map((e)=>where(e)+' '+Math.round(e.getBoundingClientRect().left)+' '+Math.round(e.getBoundingClientRect().right)).slice(0,6)]));
}
await made.close(); }
process.exit(0);
