// Asks yaml-language-server what it thinks of books. Started by ../schema.sh.
// usage: client.mjs SERVER FOLDER-OF-SCHEMAS FILE.yaml…
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [program, schemas, ...books] = process.argv.slice(2)
const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
const waiting = new Map()
const told = new Map()
let rest = Buffer.alloc(0)
let id = 0

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message })
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}
const ask = (method, params) => new Promise(resolve => {
  waiting.set(++id, resolve)
  send({ id, method, params })
})
const note = (method, params) => send({ method, params })

const settings = { yaml: { schemas: Object.fromEntries(['book', 'glossary'].map(name => [pathToFileURL(`${schemas}/${name}.schema.json`), `${name}.yaml`])), validate: true, hover: true, schemaStore: { enable: false } } }
function hear(message) {
  if (message.method === 'workspace/configuration') {
    send({ id: message.id, result: message.params.items.map(item => settings[item.section] ?? null) })
  } else if (message.method === 'textDocument/publishDiagnostics') {
    told.get(message.params.uri)?.(message.params.diagnostics)
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null })
  } else if (waiting.has(message.id)) {
    waiting.get(message.id)(message.result)
  }
}
server.stdout.on('data', data => {
  rest = Buffer.concat([rest, data])
  for (;;) {
    const head = rest.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, head))[1])
    if (rest.length < head + 4 + length) return
    hear(JSON.parse(rest.subarray(head + 4, head + 4 + length)))
    rest = rest.subarray(head + 4 + length)
  }
})

function open(uri, text) {
  const found = new Promise(resolve => told.set(uri, resolve))
  note('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } })
  return found
}

await ask('initialize', { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true } } })
note('initialized', {})
note('workspace/didChangeConfiguration', { settings })
for (const book of books) {
  const found = await open(pathToFileURL(book).href, readFileSync(book, 'utf8'))
  assert.deepEqual(found.map(one => one.message), [], book)
  console.log(`ok   ${book}: nothing to say`)
}
const wrong = 'title: T\nlanguages: [zh]\ndate: 2026-03-01\nlayout: {name: book, options: {half-title: maybe}}\ntitel: x\npdf: {profiles: [paper]}\n'
const uri = 'file:///wrong/book.yaml'
const messages = (await open(uri, wrong)).map(one => `${one.range.start.line + 1}: ${one.message.split('\n')[0]}`)
console.log(messages.map(message => `     ${message}`).join('\n'))
for (const [line, word] of [[5, 'titel'], [6, 'screen'], [4, '']]) {
  assert(messages.some(message => message.startsWith(`${line}:`) && message.includes(word)), `line ${line}`)
}
console.log('ok   the faults of a wrong one, at their lines')
const terms = await open('file:///wrong/glossary.yaml', '- {zh: 灯, en: lamp}\n- {zh: 油, en: oil, variant: {en: [oils]}}\n')
assert(terms.some(one => one.range.start.line === 1 && one.message.includes('variant')), JSON.stringify(terms))
console.log('ok   the fault of a wrong termbase, at its line')
const hover = await ask('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 2 } })
assert(JSON.stringify(hover).includes('day of publication'))
console.log('ok   a key says what it is for')
server.kill()
