// Sheets of 40 formulas: TeX, PDF, MathML, KaTeX. usage: node sheets.mjs NODE_MODULES FOLDER
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const [modules, folder] = process.argv.slice(2);
const require = createRequire(modules + '/');
const katex = require('katex');
const puppeteer = require('puppeteer-core');
const ROWS = 12; // cells on a page of the PDF
const EACH = 40;

const formulas = readFileSync(`${folder}/formulas.txt`, 'utf8').trim().split('\n');
const maths = readFileSync(`${folder}/chapter.xhtml`, 'utf8').match(/<math .*?<\/math>/gs);
if (maths.length !== formulas.length) throw new Error(`${maths.length} of ${formulas.length} formulas are in the e-book`);
const pages = readdirSync(folder).filter(name => name.startsWith('page-')).sort();
const own = new URL('../../../src/epub/maths.css', import.meta.url);
const css = existsSync(own) ? readFileSync(own, 'utf8') : '';
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function cell(tex, index) {
  const page = pages[Math.floor(index / ROWS)];
  const down = (index % ROWS) * 95.27; // 22 mm at 110 dots an inch
  const set = katex.renderToString(tex, { displayMode: true, throwOnError: false });
  return `<div class="row"><div class="tex">${index + 1}<br><code>${escape(tex)}</code></div>
    <div class="pdf" style="background-image: url(${page}); background-position: 0 -${down}px"></div>
    <div class="set">${maths[index]}</div><div class="set">${set}</div></div>`;
}

const head = `<meta charset="utf-8"><link rel="stylesheet" href="file://${modules}/katex/dist/katex.min.css"><style>
  ${css} body { margin: 0; width: 1880px; columns: 2; column-gap: 8px; font: 14px serif; }
  .row { display: grid; grid-template-columns: 200px 250px 240px 240px; height: 96px; border-bottom: 1px solid #ccc; overflow: hidden; break-inside: avoid; }
  .tex { font-size: 10px; overflow-wrap: anywhere; } .pdf { background-repeat: no-repeat; background-position-x: -70px !important; }
  .set { display: flex; align-items: center; justify-content: center; overflow: hidden; } .katex-display { margin: 0; }
</style>`;
const browser = await puppeteer.launch({ headless: true, executablePath: process.env.PUPPETEER_EXECUTABLE_PATH, args: ['--no-sandbox', '--allow-file-access-from-files'] });
const tab = await browser.newPage();
await tab.setViewport({ width: 1880, height: 1960 });
for (let from = 0; from < formulas.length; from += EACH) {
  const name = `${folder}/sheet-${String(from / EACH + 1).padStart(2, '0')}`;
  writeFileSync(`${name}.html`, head + formulas.slice(from, from + EACH).map((tex, at) => cell(tex, from + at)).join('\n'));
  await tab.goto(`file://${name}.html`, { waitUntil: 'networkidle0' });
  await tab.screenshot({ path: `${name}.png` });
}
await browser.close();
