import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const packageFolder = new URL('../../', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('package.json', packageFolder), 'utf8')) as {
  readonly engines: { readonly node: string }
}
const oldest = manifest.engines.node.replace('>=', '')

/** What a program prints that imports the built package, under a Node.js that says that it is of this version. */
async function importUnder(version: string): Promise<string> {
  const fake = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`
  const archive = new URL('dist/index.js', packageFolder).href
  const script = `import('${archive}').then(() => console.log('imported'), (error) => console.log(error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', fake, '--eval', script])
  return stdout.trim()
}

it.each(['20.20.2', '22.13.1', '18.0.0'])(
  'is refused under Node.js %s, with the version that it needs',
  async (version) => {
    expect(await importUnder(version)).toBe(
      `@waybill/archive needs Node.js ${oldest} or newer, and this is ${version}. Install a newer Node.js.`,
    )
  },
)

it('is imported under the oldest Node.js that the package names, and under newer ones', async () => {
  expect([await importUnder(oldest), await importUnder('30.1.0')]).toEqual(['imported', 'imported'])
})
