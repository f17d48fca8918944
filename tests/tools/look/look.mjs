// Every screen of an e-book as two reading engines show it, on contact sheets. Started by ../look_epub.sh, which installs what it needs.
// usage: look.mjs MODULES BOOK.epub OUT all|SECTION[,SECTION…]    ENGINES, SCREENS and MODES choose among them
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, book, out, sections] = process.argv.slice(2)
const puppeteer = await import(pathToFileURL(createRequire(path.join(modules, 'x')).resolve('puppeteer-core')))
// Width and height of a screen, and how many of them stand beside each other on a sheet.
const screens = { phone: [390, 844, 6, 2], tablet: [820, 1180, 4, 2], desk: [1280, 900, 3, 3] }
const sheetWidth = 1560
const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' }
const chosen = (name, all) => process.env[name]?.split(',') ?? all

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

/** Turns the pages of some sections and gives a picture of each screen with the name of its place. */
async function turned(page, wanted) {
  const shots = []
  for (const section of wanted) {
    await page.evaluate(section => look.goTo(section), section)
    for (let screen = 1; ; screen++) {
      const bytes = await page.screenshot({ encoding: 'base64', type: 'jpeg', quality: 90 })
      shots.push({ bytes, name: `${section}.${screen}` })
      if (!await page.evaluate(section => look.next(section), section)) break
    }
  }
  return shots
}

/** Lays pictures out on sheets of so many columns and rows. */
async function sheets(shots, [width, height, columns, rows], stem) {
  const page = await browser.newPage()
  const wide = Math.floor(sheetWidth / columns) - 8
  const high = Math.round(wide * height / width)
  await page.setViewport({ width: sheetWidth, height: rows * (high + 26) })
  for (let from = 0, sheet = 1; from < shots.length; from += columns * rows, sheet++) {
    const cells = shots.slice(from, from + columns * rows).map(({ bytes, name }) =>
      `<figure><img src="data:image/jpeg;base64,${bytes}">${name}</figure>`)
    await page.setContent(`<style>body { margin: 0; background: #888; font: 12px sans-serif }
      figure { margin: 4px; float: left; width: ${wide}px } img { width: 100%; height: ${high}px; display: block }</style>${cells.join('')}`)
    await page.screenshot({ path: path.join(out, `${stem}-${String(sheet).padStart(2, '0')}.png`) })
  }
  await page.close()
}

mkdirSync(out, { recursive: true })
let failed = 0
for (const engine of chosen('ENGINES', ['foliate', 'epubjs'])) {
  for (const screen of chosen('SCREENS', Object.keys(screens))) {
    for (const mode of chosen('MODES', ['light', 'dark'])) {
      const page = await browser.newPage()
      const [width, height] = screens[screen]
      await page.setViewport({ width, height })
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: mode }])
      await page.goto(`http://127.0.0.1:${server.address().port}/?${new URLSearchParams({ engine, mode })}`)
      await page.waitForFunction(() => /^(ready|failed)/.test(document.title), { timeout: 120000 })
      const title = await page.title()
      const stem = `${path.basename(book, '.epub')}-${engine}-${screen}-${mode}`
      console.log(`${stem}  ${title}`)
      failed += title.startsWith('failed')
      if (title.startsWith('ready')) {
        const count = await page.evaluate(() => look.sections)
        const wanted = sections === 'all' ? [...Array(count).keys()] : sections.split(',').map(Number).filter(section => section < count)
        await sheets(await turned(page, wanted), screens[screen], stem)
      }
      await page.close()
    }
  }
}
await browser.close()
server.close()
process.exit(failed ? 1 : 0)
