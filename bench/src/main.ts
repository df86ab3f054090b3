/**
 * Measures Waybill beside others, in one run. Usage: `[NAME …] [--rounds N] [--seconds N] [--connections N]`; a NAME is that of
 * a file in `src/measures`. A run of all of them writes `RESULTS.md`.
 */
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { describeReach, type Goal, type Measure, type Measured } from './compare/measure.ts'
import { describeMachine } from './measure/machine.ts'
import { markdownTable } from './measure/markdown-table.ts'
import { Stage } from './stage/stage.ts'

const FOLDER = new URL('measures/', import.meta.url)
const RESULTS = new URL('../RESULTS.md', import.meta.url)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
  },
})
const all = readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ''))
const unknown = positionals.filter((name) => !all.includes(name))
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. There are ${all.join(', ')}.`)

const machine = describeMachine()
const found: { readonly measure: Measure; readonly measured: Measured }[] = []
{
  await using stage = await Stage.open({
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
  })
  for (const name of positionals.length > 0 ? positionals : all.toSorted()) {
    const { measure } = (await import(new URL(`${name}.ts`, FOLDER).href)) as { readonly measure: Measure }
    console.error(`${measure.title} …`)
    const measured = await measure.run(stage)
    console.log(`\n${section(measure, measured)}\n\n${goalTable(measured.goals)}`)
    found.push({ measure, measured })
  }
}
if (positionals.length === 0) await writeFile(RESULTS, document())

function document(): string {
  const goals = found.flatMap(({ measured }) => measured.goals)
  return [
    '# What was measured',
    'Written by `npx -y pnpm@12 bench`, all of it in one run. Each row compares two things that were measured in turns on the same machine; the figures are medians.',
    machine,
    '## What is to be reached',
    goalTable(goals),
    ...found.map(({ measure, measured }) => section(measure, measured)),
  ]
    .join('\n\n')
    .concat('\n')
}

function section({ title, about }: Measure, { table }: Measured): string {
  return `## ${title}\n\n${about}\n\n${table}`
}

function goalTable(goals: readonly Goal[]): string {
  return markdownTable(
    ['what', 'beside', 'ratio', 'wanted', 'reached'],
    goals.map((goal) => [goal.what, goal.against, goal.ratio, ...describeReach(goal)]),
  )
}
