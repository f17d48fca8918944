// A day at the desk: searched, copied from, followed, read as an e-book, without a mouse, on a phone. Started by ../preview.sh.
// usage: desk.mjs MODULES ADDRESS OUT REPORTS PROCESS
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { open } from './browser.mjs'

const [modules, address, out, reports, process_] = process.argv.slice(2)
const folder = 'manuscript/zh'
const name = readdirSync(folder).find(file => readFileSync(path.join(folder, file), 'utf8').includes('glossary.yaml'))
const chapter = path.join(folder, name)
const text = readFileSync(chapter, 'utf8')
const sentence = '一段就是几行字'
const save = changed => (writeFileSync(`${chapter}.new`, changed), renameSync(`${chapter}.new`, chapter))

const { page, shot, state, drawn, step, find, close } = await open(modules, out)
const axe = readFileSync(find('axe-core/axe.min.js'), 'utf8')
const lettered = () => page.waitForFunction(() =>
  [...document.querySelectorAll('.page')].every(node => node.dataset.lettered === node.dataset.look))
const changed = before => page.waitForFunction(before =>
  [...document.querySelectorAll('.page')].some((node, at) => node.dataset.look !== before[at]), {}, before)
const looks = () => page.$$eval('.page', nodes => nodes.map(node => node.dataset.look))

async function violations() {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => (await axe.run(document, { iframes: false })).violations)
  return found.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', ')}`)
}

await step('a phrase is found on the pages', async () => {
  await page.goto(address)
  await page.waitForSelector('.page img')
  await state('ready')
  await page.evaluate(() => choose([state.editions[0].name]))
  await lettered()
  await drawn()
  assert(await page.evaluate(phrase => window.find(phrase), sentence), 'the browser finds it')
  await shot('8-found')
})
await step('what is copied is the paragraph, not its lines', async () => {
  const copied = await page.evaluate(phrase => {
    const paragraph = [...document.querySelectorAll('.text p')].find(p => p.textContent.includes(phrase) && p.childElementCount > 1)
    const range = document.createRange()
    range.selectNodeContents(paragraph)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    const data = new DataTransfer()
    paragraph.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
    return data.getData('text/plain')
  }, sentence)
  assert(!copied.includes('\n') && copied.includes(sentence), JSON.stringify(copied))
  const plain = text.replace(/[*_`[\]{}]/g, '').replace(/\s/g, '')
  const words = copied.replace(/\s/g, '')
  assert(plain.includes(words.slice(0, 40)) || words.length < 20, `${words.slice(0, 60)} stands in the manuscript`)
  await page.evaluate(() => getSelection().removeAllRanges())
})
await step('titles and small pages lead to their places', async () => {
  await page.click('#contents')
  await page.waitForSelector('#way .titles li')
  const titles = await page.$$eval('#way .titles li', nodes => nodes.length)
  assert(titles > 3, `${titles} titles`)
  await page.click(`#way .titles li:nth-child(${titles}) button`)
  await page.waitForFunction(() => document.querySelector('.view').scrollTop > 500)
  await drawn()
  await shot('9-contents')
  await page.evaluate(() => [...document.querySelectorAll('#way .head button')].at(-1).click())
  await page.waitForFunction(() => [...document.querySelectorAll('#way .small img')].some(image => image.complete && image.naturalWidth > 0))
  await shot('10-small-pages')
  await page.click('#contents')
})
await step('facing pages', async () => {
  await page.keyboard.press('s')
  await page.waitForSelector('body.spreads')
  await drawn()
  await shot('11-facing-pages')
  await page.keyboard.press('s')
})
await step('an edit elsewhere comes into view where that is wished', async () => {
  await page.keyboard.press('f')
  await page.evaluate(() => { document.querySelector('.view').scrollTop = 1e6 })
  const before = await looks()
  save(text.replace(sentence, '这一段刚刚改过，就是几行字'))
  await changed(before)
  await page.waitForFunction(() => document.querySelector('.page.new')?.getBoundingClientRect().top < innerHeight)
  await drawn()
  await shot('12-followed')
  save(text)
  await page.keyboard.press('f')
})
await step('findings stand beside their places', async () => {
  save(text.replace(sentence, '一段就是 7 行字'))
  await page.waitForFunction(() => state.findings.some(one => one.at?.page))
  await page.evaluate(() => choose([state.findings.find(one => one.at?.page).at.page.edition]))
  await page.waitForSelector('.mark')
  await page.$eval('.mark', mark => mark.scrollIntoView({ block: 'center' }))
  await page.$eval('.mark', mark => mark.click())
  await page.waitForSelector('#list li.meant')
  await drawn()
  await shot('13-marks')
  save(text)
  await page.waitForFunction(() => document.querySelectorAll('.mark').length === 0)
  await page.click('#problems')
  await page.evaluate(() => choose([state.editions[0].name]))
  await page.waitForSelector('.page img')
})
await step('the e-book is read, light and dark, as on a phone, and follows an edit', async () => {
  await page.keyboard.press('e')
  await page.waitForSelector('#shelf iframe')
  const frame = () => page.frames().find(frame => frame.url().includes('/ebook/'))
  await page.waitForFunction(() => document.querySelector('#shelf iframe')?.contentDocument?.querySelector('h1, h2, p'))
  const at = await page.evaluate(() => shelf.files.findIndex(file => file.includes('first-steps')))
  const title = await page.evaluate(at => document.querySelectorAll('#shelf option')[at].textContent, at)
  assert(title.includes('第一步'), title)
  await page.evaluate(at => turn(at), at)
  await page.waitForFunction(phrase => document.querySelector('#shelf iframe').contentDocument.body?.textContent.includes(phrase), {}, sentence)
  await shot('14-e-book')
  save(text.replace(sentence, '这一段刚刚改过，就是几行字'))
  await page.waitForFunction(() => document.querySelector('#shelf iframe').contentDocument.body?.textContent.includes('刚刚改过'))
  save(text)
  await page.evaluate(() => [...document.querySelectorAll('#shelf .head button')].slice(-2).forEach(button => button.click()))
  await page.waitForFunction(() => document.querySelector('#shelf iframe').getBoundingClientRect().width < 400)
  await page.waitForFunction(phrase => document.querySelector('#shelf iframe').contentDocument.body?.textContent.includes(phrase), {}, sentence)
  await shot('15-e-book-phone')
  const ground = await page.evaluate(() => {
    const book = document.querySelector('#shelf iframe')
    return book.contentWindow.getComputedStyle(book.contentDocument.documentElement).colorScheme
  })
  assert.equal(ground, 'dark')
  assert(frame(), 'its own files')
  assert.deepEqual(await violations(), [], 'axe-core on the e-book view')
  await page.keyboard.press('e')
})
await step('keys are told', async () => {
  await page.keyboard.press('?')
  await page.waitForSelector('#keys[open]')
  await shot('16-keys')
  assert.deepEqual(await violations(), [], 'axe-core with the keys')
  await page.keyboard.press('Escape')
})
await step('axe-core has nothing against the preview, light and dark, with all its parts open', async () => {
  await page.click('#contents')
  await page.click('#problems')
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    assert.deepEqual(await violations(), [], value)
  }
  await page.click('#contents')
  await page.click('#problems')
})
await step('the keyboard alone reaches every button', async () => {
  const wanted = await page.$$eval('header button, header a', nodes => nodes.filter(node => node.checkVisibility()).map(node => node.id || node.textContent))
  await page.evaluate(() => document.activeElement.blur())
  const met = new Set()
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab')
    met.add(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent))
  }
  assert.deepEqual(wanted.filter(name => !met.has(name)), [])
})
await step('on a phone', async () => {
  await page.setViewport({ width: 390, height: 844 })
  await drawn()
  await shot('17-phone')
  assert.deepEqual(await violations(), [])
  await page.setViewport({ width: 1400, height: 900 })
})
await step(`memory after ${process.env.EDITS} edits`, async () => {
  const resident = () => {
    const own = readFileSync(`/proc/${process_}/task/${process_}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return [process_, ...own].map(id => Number(readFileSync(`/proc/${id}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) >> 10)
  }
  const curve = []
  const edits = Number(process.env.EDITS)
  for (let edit = 1; edit <= edits; edit++) {
    const before = await looks()
    save(text.replace(sentence, `第${edit}次改过的一段，就是几行字`))
    await changed(before)
    if (edit === 1 || edit % Math.max(1, Math.floor(edits / 5)) === 0) {
      const heap = (await page.metrics()).JSHeapUsedSize >> 20
      curve.push(`${edit}: program ${resident().join(' + ')} MiB, page ${heap} MiB`)
    }
  }
  save(text)
  console.log(curve.map(line => `     ${line}`).join('\n'))
})
await step('axe-core has nothing against the page of review and the report', async () => {
  for (const file of ['review.html', 'report.html']) {
    for (const value of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
      await page.setBypassCSP(true)
      await page.goto(`file://${path.join(reports, file)}`)
      assert.deepEqual(await violations(), [], `${file}, ${value}`)
    }
  }
})
await close()
console.log(`pictures in ${out}`)
