// Runs before a package is packed or published, in the package's folder, on whatever Node.js the machine has.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import process from 'node:process'

const { name } = /** @type {{ name: string }} */ (JSON.parse(readFileSync('package.json', 'utf8')))
const problem = findProblem()
if (problem !== undefined) {
  console.error(`${name} was not packed: ${problem}`)
  process.exitCode = 1
}

/**
 * What makes a tarball of this folder unusable, and the command that makes a good one.
 * @returns {string | undefined}
 */
function findProblem() {
  // Not the user agent, which npm takes over from a pnpm that has started it.
  const packer = basename(process.env['npm_execpath'] ?? '')
  if (!/^pnpm(?:\.|$)/.test(packer)) {
    return 'only pnpm turns the "workspace:" versions into real ones. Use "npx -y pnpm@12 pack"; releases are published by .github/workflows/release.yml.'
  }
  if (!existsSync('dist/index.js')) {
    return 'it is not built. Run "npx -y pnpm@12 run build" first.'
  }
  return undefined
}
