import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** The machine, the versions and the state of the code, as a list in Markdown: figures mean nothing without them. */
export function describeMachine(): string {
  const processors = cpus()
  return [
    `${processors.length} cores of ${processors[0]?.model.trim() ?? 'an unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${type()} ${release()}`,
    `Node.js ${process.versions.node}`,
    `Waybill at ${revision()}; beside it ${rivals()}`,
    `load of the machine over the minute before: ${loadavg()[0]?.toFixed(2)}`,
  ]
    .map((line) => `- ${line}`)
    .join('\n')
}

function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'an unknown commit'
  }
}

function rivals(): string {
  const text = readFileSync(new URL('../../rivals/package.json', import.meta.url), 'utf8')
  const { dependencies } = JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> }
  return Object.entries(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}
