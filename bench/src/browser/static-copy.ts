import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from './first-paint.ts'

/**
 * Writes a page as it is now into a new folder: `index.html` has all that it shows, `page.css` its style, and `page.js` as many
 * bytes as its script, which do nothing.
 */
export async function writeStaticCopy(page: Page, folder: string): Promise<void> {
  const { html, styleUrl, scriptUrl } = await page.evaluate(() => ({
    html: document.querySelector('#page')?.outerHTML ?? '',
    styleUrl: document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')?.href ?? '',
    scriptUrl: document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '',
  }))
  const style = await (await fetch(styleUrl)).text()
  const script = await (await fetch(scriptUrl)).text()
  const head = [
    '<meta charset="utf-8" />',
    '<script type="module" src="page.js"></script>',
    '<link rel="stylesheet" href="page.css" />',
  ]
  await mkdir(folder)
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html><head>${head.join('')}</head><body>${html}</body></html>`,
  )
  await writeFile(join(folder, 'page.css'), style)
  await writeFile(join(folder, 'page.js'), `void ${JSON.stringify(script)}`)
}
