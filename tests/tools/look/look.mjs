// Pictures of an e-book as two reading engines show it. Started by ../look_epub.sh, which installs what it needs.
// usage: look.mjs MODULES BOOK.epub OUT SECTION[,SECTION…]
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, book, out, sections] = process.argv.slice(2)
const puppeteer = await import(pathToFileURL(createRequire(path.join(modules, 'x')).resolve('puppeteer-core')))
const screens = { phone: [390, 844], tablet: [820, 1180] }
const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' }

function file(address) {
  const name = decodeURIComponent(new URL(address, 'http://localhost').pathname)
  if (name === '/book.epub') return book
  if (name === '/') return path.join(import.meta.dirname, 'reader.html')
  const inside = path.join(modules, path.normalize(name.replace('/modules/', '/')))
  return inside.startsWith(modules) ? inside : ''
}

const server = http.createServer((request, response) => {
  const found = file(request.url)
  if (!existsSync(found)) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': types[path.extname(found)] ?? 'application/octet-stream' })
  createReadStream(found).pipe(response)
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const browser = await puppeteer.launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH, headless: true, args: ['--no-sandbox', '--disable-gpu'],
})
mkdirSync(out, { recursive: true })
let failed = 0
for (const engine of ['foliate', 'epubjs']) {
  for (const [screen, [width, height]] of Object.entries(screens)) {
    for (const mode of ['light', 'dark']) {
      for (const section of sections.split(',')) {
        const page = await browser.newPage()
        await page.setViewport({ width, height, deviceScaleFactor: screen === 'phone' ? 2 : 1 })
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: mode }])
        const query = new URLSearchParams({ engine, mode, section })
        await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`)
        await page.waitForFunction(() => /^(ready|failed)/.test(document.title), { timeout: 120000 })
        await page.waitForNetworkIdle({ idleTime: 300 })
        const title = await page.title()
        failed += title.startsWith('failed')
        const name = `${path.basename(book, '.epub')}-${section}-${engine}-${screen}-${mode}.png`
        await page.screenshot({ path: path.join(out, name) })
        console.log(`${name}  ${title}`)
        await page.close()
      }
    }
  }
}
await browser.close()
server.close()
process.exit(failed ? 1 : 0)
