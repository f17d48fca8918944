#!/usr/bin/env node
// A session with `dama-pub lsp` through the library that VS Code's client is made with (vscode-languageserver-protocol over
// vscode-jsonrpc), without the editor: completion, a name changed in both languages, a quick fix made, a waiver, formatting.
// usage: server.mjs PROGRAM    prints what was said; ends with 1 where something else came than should.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';

const program = path.resolve(process.argv[2] ?? process.env.DAMA_PUB ?? 'dama-pub');
const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'dama-pub-')));
const TEXTS = {
  'book.yaml': 'title: {zh: 灯, en: The Lamp}\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: book\n',
  'references.yaml': 'ash2019:\n  type: article\n  title: A Theory of Lamps\n  author: Ash, Ann\n  date: 2019\n',
  'glossary.yaml': '- {zh: 灯芯, en: wick}\n',
  'zh/01-a.md': '---\ntitle: 灯\n---\n\n## 光 {#sec:light}\n\n灯芯亮了十二年[@ash2019]，见[](#sec:light)。\n',
  'en/01-a.md': '---\ntitle: The Lamp\n---\n\n## Light {#sec:light}\n\nThe wick burned for twenty years [@ahs2019], see [](#sec:light).\n',
};
for (const [name, text] of Object.entries(TEXTS)) {
  const file = path.join(root, 'manuscript', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
const uri = name => pathToFileURL(path.join(root, 'manuscript', name)).href;
const texts = { ...TEXTS };
const said = [];
const say = (...words) => { said.push(words.join(' ')); console.log(...words); };

const server = spawn(program, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
const found = new Map();
let heard = () => {};
const progress = [];
connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => { found.set(uri, diagnostics); heard(); });
connection.onRequest('window/workDoneProgress/create', () => null);
connection.onRequest('client/registerCapability', ({ registrations }) => {
  say('registered:', registrations.map(one => one.method).join(', '));
  return null;
});
connection.onNotification('$/progress', ({ value }) => progress.push(value.kind));
connection.listen();

const until = async test => { while (!test()) await new Promise(done => { heard = done; }); };
const codes = name => (found.get(uri(name)) ?? []).map(one => one.code).sort();
const at = (name, piece, behind = 0) => {
  const before = texts[name].slice(0, texts[name].indexOf(piece));
  return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 + behind };
};
const asked = (name, position) => ({ textDocument: { uri: uri(name) }, position });
const offset = (text, { line, character }) => text.split('\n').slice(0, line).reduce((sum, line) => sum + line.length + 1, 0) + character;
/** Makes a change of the workspace, as an editor does. */
const make = edit => {
  for (const [target, edits] of Object.entries(edit.changes ?? {})) {
    const name = path.relative(path.join(root, 'manuscript'), new URL(target).pathname);
    const back = edits.toSorted((a, b) => offset(texts[name], b.range.start) - offset(texts[name], a.range.start));
    for (const { range, newText } of back) {
      const text = texts[name];
      texts[name] = text.slice(0, offset(text, range.start)) + newText + text.slice(offset(text, range.end));
    }
    connection.sendNotification('textDocument/didChange', { textDocument: { uri: uri(name), version: 2 }, contentChanges: [{ text: texts[name] }] });
  }
};
const open = name => connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(name), languageId: 'markdown', version: 1, text: texts[name] } });

try {
  const capabilities = { window: { workDoneProgress: true }, workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
  const hello = await connection.sendRequest('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities });
  say('server:', hello.serverInfo.name, '· capabilities:', Object.keys(hello.capabilities).length);
  await connection.sendNotification('initialized', {});
  // No document is open: the findings of the whole book come by themselves.
  await until(() => codes('en/01-a.md').includes('number') && codes('en/01-a.md').includes('unknown-citation'));
  say('before anything is open:', codes('en/01-a.md').join(', '));
  Object.keys(texts).filter(name => name.endsWith('.md')).forEach(open);

  const items = await connection.sendRequest('textDocument/completion', { ...asked('zh/01-a.md', at('zh/01-a.md', '[@ash2019', 3)), context: { triggerKind: 1 } });
  say('completion after [@a:', items.map(item => `${item.label} (${item.detail})`).join(', '));
  assert.equal(items[0].label, 'ash2019');

  const renamed = await connection.sendRequest('textDocument/rename', { ...asked('en/01-a.md', at('en/01-a.md', '{#sec', 3)), newName: 'sec:lamp' });
  say('rename sec:light to sec:lamp changes', Object.values(renamed.changes).map(edits => edits.length).sort().join(' and '), 'places in', Object.keys(renamed.changes).length, 'files');
  make(renamed);
  assert.ok(texts['zh/01-a.md'].includes('见[](#sec:lamp)') && texts['en/01-a.md'].includes('{#sec:lamp}'));

  const wrong = found.get(uri('en/01-a.md')).find(one => one.code === 'unknown-citation');
  const actions = await connection.sendRequest('textDocument/codeAction', { textDocument: { uri: uri('en/01-a.md') }, range: wrong.range, context: { diagnostics: [wrong], triggerKind: 1 } });
  say('offered:', actions.map(action => action.title).join(' | '));
  make(actions.find(action => action.title === 'write `ash2019`').edit);
  await until(() => !codes('en/01-a.md').includes('unknown-citation'));
  say('after the quick fix:', codes('en/01-a.md').join(', '));
  const year = found.get(uri('en/01-a.md')).find(one => one.code === 'number');
  const [mend] = [actions, await connection.sendRequest('textDocument/codeAction', { textDocument: { uri: uri('en/01-a.md') }, range: year.range, context: { diagnostics: [year] } })][1].filter(action => action.title.startsWith('waive'));
  say('waiver:', mend.title);
  texts['en/01-a.md'] = texts['en/01-a.md'].replace('twenty', 'twelve');
  make({ changes: { [uri('en/01-a.md')]: [] } });
  await until(() => codes('en/01-a.md').length === 0);
  say('after twelve is twelve:', codes('en/01-a.md').length, 'findings');

  const hover = await connection.sendRequest('textDocument/hover', asked('zh/01-a.md', at('zh/01-a.md', 'ash2019', 2)));
  say('hover:', hover.contents.value);
  const places = await connection.sendRequest('textDocument/references', { ...asked('zh/01-a.md', at('zh/01-a.md', '](#', 4)), context: { includeDeclaration: true } });
  say('references of sec:lamp:', places.length);
  assert.equal(places.length, 4);
  const page = await connection.sendRequest('dama-pub/explain', { code: 'number' });
  say('explain:', page.split('\n')[0]);
  assert.deepEqual([progress[0], progress.at(-1)], ['begin', 'end']);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  const code = await new Promise(done => server.on('exit', done));
  say('ended with', code);
  assert.equal(code, 0);
} catch (why) {
  console.error(why);
  server.kill();
  process.exitCode = 1;
} finally {
  connection.dispose();
  fs.rmSync(root, { recursive: true, force: true });
}
