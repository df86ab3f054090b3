import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/provider-folder.js'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

const script = join(root, 'scripts', 'prepack.mjs')
const byPnpm = { npm_execpath: '/usr/lib/node_modules/pnpm/bin/pnpm.cjs' }

async function packageFolder(): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: '@waybill/sample' }))
  return folder
}

describe('packing a package', () => {
  it.each(['pack', 'publish'])('is refused to "npm %s", with the command that works', async (command) => {
    const packed = run('npm', [command, '--dry-run'], { cwd: join(root, 'packages/core') })
    await expect(packed).rejects.toThrow(
      '@waybill/core was not packed: only pnpm turns the "workspace:" versions into real ones. Use "npx -y pnpm@12 pack"',
    )
  })

  it('is refused before the package is built', async () => {
    const packed = run(process.execPath, [script], { cwd: await packageFolder(), env: byPnpm })
    await expect(packed).rejects.toThrow(
      '@waybill/sample was not packed: it is not built. Run "npx -y pnpm@12 run build" first.',
    )
  })

  it('is let through to pnpm once the package is built', async () => {
    const folder = await packageFolder()
    await mkdir(join(folder, 'dist'))
    await writeFile(join(folder, 'dist/index.js'), '')
    await expect(run(process.execPath, [script], { cwd: folder, env: byPnpm })).resolves.toBe('')
  })
})
