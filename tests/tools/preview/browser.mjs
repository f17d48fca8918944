// What the scripts of this folder share: a browser, and steps that are told as they pass.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

export async function open(modules, out) {
  const find = name => createRequire(path.join(modules, 'x')).resolve(name)
  const puppeteer = await import(pathToFileURL(find('puppeteer-core')))
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync', '--lang=en'],
  })
  const page = await browser.newPage()
  await page.setViewport({ width: 1400, height: 900 })
  const wrong = []
  page.on('pageerror', error => wrong.push(error.message))
  page.on('console', message => message.type() === 'error' && wrong.push(message.text()))
  const shot = file => page.screenshot({ path: path.join(out, `${file}.png`) })
  const state = name => page.waitForSelector(`#status[data-state=${name}]`)
  const drawn = () => page.waitForFunction(() =>
    [...document.querySelectorAll('.page[data-near]')].every(node => node.dataset.drawn === node.dataset.look))
  const step = async (what, run) => (await run(), console.log(`ok   ${what}`))
  const close = () => (assert.deepEqual(wrong, [], 'the console is silent'), browser.close())
  return { page, browser, shot, state, drawn, step, find, close }
}
