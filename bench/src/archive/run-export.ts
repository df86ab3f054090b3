/** An export in a process in which there is nothing else: says what it holds while it comes on, and how it ended. */
import { readFile } from 'node:fs/promises'
import { run } from 'waybill'
import { childArgument, say } from '../measure/child.ts'
import { peakRss, readMemory } from '../measure/memory.ts'

/** How often it is looked how far the export came. */
const LOOK_MS = 100

interface Job {
  readonly flags: readonly string[]
  /** The file beside the output that says how far it came; written once a second. */
  readonly progress: string
  /** Between two readings, in messages. */
  readonly every: number
}

const { flags, progress, every } = childArgument() as Job
const begin = performance.now()
let due = every

async function look(): Promise<void> {
  const text = await readFile(progress, 'utf8').catch(() => '{}')
  const { messages = 0 } = JSON.parse(text) as { messages?: number }
  if (messages < due) return
  due = (Math.floor(messages / every) + 1) * every
  tell(messages)
}

function tell(messages: number | null): void {
  const seconds = (performance.now() - begin) / 1000
  say({ messages, seconds, peakRss: peakRss(), ...readMemory() })
}

const looking = setInterval(() => void look(), LOOK_MS)
const code = await run(['export', ...flags], {})
clearInterval(looking)
tell(null)
say({ code })
