// What an editor does with the preview, and whether it answers. Started by ../preview.sh in the folder of a new book.
// usage: preview.mjs MODULES ADDRESS OUT
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { open } from './browser.mjs'

const [modules, address, out] = process.argv.slice(2)
const folder = 'manuscript/zh'
const name = readdirSync(folder).find(file => readFileSync(path.join(folder, file), 'utf8').includes('glossary.yaml'))
const chapter = path.join(folder, name)
const text = readFileSync(chapter, 'utf8')
const sentence = '一段就是几行字'
assert(text.includes(sentence))
// As editors save: a new file in the place of the old one.
function save(changed) {
  writeFileSync(`${chapter}.new`, changed)
  renameSync(`${chapter}.new`, chapter)
}

const { page, shot, state, drawn, step, close } = await open(modules, out)
let asked = []
page.on('request', request => request.url().includes('/sheet/') && asked.push(request.url()))
const looks = () => page.$$eval('.pane:first-child .page', nodes => nodes.map(node => node.dataset.look))

await step('the pages of the first edition are there', async () => {
  await page.goto(address)
  await page.waitForSelector('.page img')
  await state('ready')
  await drawn()
  await shot('1-pages')
})
await step('two languages stand side by side and scroll together', async () => {
  await page.click('#beside')
  await page.waitForFunction(() => document.querySelectorAll('.pane').length === 2 && document.querySelectorAll('.pane:last-child .page img').length > 0)
  await page.hover('.pane:first-child')
  const heading = await page.$$eval('.pane:first-child .page', nodes => nodes.length - 4)
  await page.evaluate(at => {
    const view = document.querySelector('.pane:first-child .view')
    view.scrollTop = view.querySelectorAll('.page')[at - 1].offsetTop
  }, heading)
  await page.waitForFunction(() => document.querySelector('.pane:last-child .view').scrollTop > 1000)
  await drawn()
  await shot('2-side-by-side')
})
await step('a click on a line names its place', async () => {
  const found = await page.evaluate(async sentence => {
    const pages = [...document.querySelectorAll('.pane:first-child .page')]
    for (let at = 0; at < pages.length; at++) {
      for (let y = 40; y < 560; y += 8) {
        const answer = await (await fetch(`source?edition=zh&page=${at + 1}&x=120&y=${y}`)).json()
        if (answer?.text.includes(sentence)) return { at, y }
      }
    }
  }, sentence)
  assert(found, 'the sentence stands on a page')
  const place = await page.evaluate(({ at, y }) => {
    const node = document.querySelectorAll('.pane:first-child .page')[at]
    node.scrollIntoView({ block: 'center' })
    const box = node.getBoundingClientRect()
    return { x: box.left + box.width * 120 / 419.5, y: box.top + box.height * y / 595.3 }
  }, found)
  await page.mouse.click(place.x, place.y)
  await page.waitForFunction(path => document.querySelector('#toast')?.textContent.includes(path), {}, chapter)
  await drawn()
  await shot('3-source')
})
await step('an edit changes one page, where it is', async () => {
  const [before, top] = [await looks(), await page.$eval('.pane:first-child .view', view => view.scrollTop)]
  await drawn()
  asked = []
  save(text.replace(sentence, '这一段刚刚改过，就是几行字'))
  await page.waitForFunction(before => {
    const now = [...document.querySelectorAll('.pane:first-child .page')].map(node => node.dataset.look)
    return now.some((look, at) => look !== before[at])
  }, {}, before)
  await drawn()
  const after = await looks()
  assert.equal(after.filter((look, at) => look !== before[at]).length, 1)
  assert.equal(new Set(asked).size, 1, 'only the changed page is sent again')
  assert.equal(await page.$eval('.pane:first-child .view', view => view.scrollTop), top)
  await shot('4-edited')
})
await step('an error is shown beside the last good pages', async () => {
  const before = await looks()
  save(`${text}\n\n::: epigraf\n\n:::\n`)
  await state('broken')
  assert((await page.$eval('#status', node => node.textContent)).includes('last good pages'))
  await page.click('#problems')
  await page.waitForFunction(path => document.querySelector('#list li')?.textContent.includes(path), {}, chapter)
  assert.deepEqual(await looks(), before)
  await drawn()
  await shot('5-error')
})
await step('corrected, it is gone', async () => {
  save(text)
  await state('ready')
  await page.waitForFunction(() => document.querySelectorAll('#list li').length === 0)
})
await step('a drift between the languages is found beside the pages', async () => {
  save(text.replace(sentence, '一段就是 7 行字'))
  await page.waitForFunction(() => document.querySelector('#list li'))
  await drawn()
  await shot('6-drift')
  save(text)
})
await step('an error that Typst finds is told once, and then there is rest', async () => {
  await page.waitForFunction(() => document.querySelectorAll('#list li').length === 0)
  save(`${text}\n\n$nosuchvariable$\n`)
  await page.waitForFunction(() => document.querySelector('#list')?.textContent.includes('unknown variable'))
  const before = await looks()
  // What the checks find may be news once more; a browser and a server that drive each other make hundreds of them.
  let news = 0
  const count = response => { news += response.url().includes('/state') ? 1 : 0 }
  page.on('response', count)
  await new Promise(wake => setTimeout(wake, 2000))
  page.off('response', count)
  assert(news < 10, `${news} news in two seconds in which nothing happened`)
  assert.deepEqual(await looks(), before)
  save(text)
  await state('ready')
})
await step('whoever works with the keyboard stays where they are', async () => {
  await page.evaluate(() => document.querySelector('#tabs button').focus())
  const before = await looks()
  save(text.replace(sentence, '几行字就是一段'))
  await page.waitForFunction(before => [...document.querySelectorAll('.pane:first-child .page')].some((node, at) => node.dataset.look !== before[at]), {}, before)
  assert.equal(await page.evaluate(() => document.activeElement.closest('#tabs')?.id), 'tabs')
  save(text)
})
await step('only pages near the window are kept', async () => {
  await page.evaluate(() => { document.querySelector('.pane:first-child .view').scrollTop = 1e6 })
  await page.waitForFunction(() => {
    const pages = [...document.querySelectorAll('.pane:first-child .page')]
    return pages.at(-1).querySelector('img') && !pages[0].querySelector('img')
  })
})
await step('in the dark', async () => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  await page.reload()
  await page.waitForSelector('.page img')
  await drawn()
  await shot('7-dark')
})
await close()
console.log(`pictures in ${out}`)
