import cluster, { type Worker } from 'node:cluster'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describeDefect, type Environment, type Logger } from '@waybill/runtime'
import { type Answers, type Channel, openChannel } from './channel.js'

/** What workers are started with. */
export interface WorkerPoolOptions {
  readonly count: number
  readonly environment: Environment
  /** What each is to serve, as JSON. */
  readonly start: unknown
  /** What they may ask. */
  readonly answers: Answers
  readonly logger: Logger
  /** How long one may take to stop before it is killed, in milliseconds. */
  readonly stopMs: number
}

/** Processes that answer requests at one address. */
export interface WorkerPool {
  /** Where they are. */
  readonly url: string
  /** Asks each of them; without those that do not answer in time. */
  askAll(question: string): Promise<unknown[]>
  /** Lets each finish what is under way. */
  close(): Promise<void>
}

interface Member {
  readonly worker: Worker
  readonly channel: Channel
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>
}

const SCRIPT = fileURLToPath(new URL('worker-main.js', import.meta.url))
/** The pause before a worker is replaced, which doubles while workers end soon after their start. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
/** A worker that ends later does not end because of its start. */
const SETTLED_MS = 30_000
/** How long a worker may take for an answer. */
const PATIENCE_MS = 1000

/**
 * Starts processes that share one address, and replaces each that ends.
 * @throws what the first of them could not start for
 */
export async function startWorkers(options: WorkerPoolOptions): Promise<WorkerPool> {
  const { count, logger } = options
  const members = new Set<Member>()
  const closing = new AbortController()
  cluster.setupPrimary({ exec: SCRIPT, args: [] })

  async function add(): Promise<{ readonly member: Member; readonly url: string }> {
    const member = fork(options)
    members.add(member)
    void member.exited.then(() => members.delete(member))
    try {
      const url = (await member.channel.ask('start', options.start)) as string
      logger.info('A worker has started', { worker: member.worker.process.pid })
      return { member, url }
    } catch (error) {
      member.worker.process.kill('SIGKILL')
      throw error
    }
  }

  /** Keeps one worker running, whichever that is. */
  async function keep(first: Member): Promise<void> {
    let member: Member | null = first
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const begin = performance.now()
      const end: Awaited<Member['exited']> | null = member && (await member.exited)
      if (closing.signal.aborted) return
      if (performance.now() - begin > SETTLED_MS) pause = FIRST_PAUSE_MS
      if (end !== null)
        logger.warn('A worker has ended and is replaced', { worker: member?.worker.process.pid, ...end })
      await wait(pause, undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return
      member = await add().then(
        (added) => added.member,
        (error: unknown) => {
          logger.error('A worker could not start', { error: describeDefect(error) })
          return null
        },
      )
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    await Promise.all(
      Array.from(members, async (member) => {
        // One that has gone meanwhile need not stop.
        void member.channel.ask('stop').catch(() => undefined)
        await exitInTime(member, options)
      }),
    )
  }

  try {
    // What keeps one from starting keeps all of them.
    const first = await add()
    const others = await Promise.all(Array.from({ length: count - 1 }, add))
    const kept = [first, ...others].map(({ member }) => keep(member))
    return {
      url: first.url,
      askAll: async (question) => {
        const asked = Array.from(members, ({ channel }) => answerInTime(channel.ask(question)))
        return (await Promise.all(asked)).filter((answer) => answer !== undefined)
      },
      close: async () => {
        await close()
        await Promise.all(kept)
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function fork({ environment, answers }: WorkerPoolOptions): Member {
  const worker = cluster.fork(environment)
  const exited = new Promise<Awaited<Member['exited']>>((resolve) => {
    worker.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const channel = openChannel(
    {
      send: (message) => worker.isConnected() && worker.send({ ...message }),
      receive: (listener) => void worker.on('message', listener),
      gone: (listener) => void worker.once('exit', listener),
    },
    answers,
  )
  return { worker, channel, exited }
}

/** Ends a worker that does not stop: one that hangs must not keep the others' process from ending. */
async function exitInTime({ worker, exited }: Member, { stopMs, logger }: WorkerPoolOptions): Promise<void> {
  const inTime = new AbortController()
  const late = wait(stopMs, 'late' as const, { signal: inTime.signal }).catch(() => null)
  const outcome = await Promise.race([exited, late])
  inTime.abort()
  if (outcome !== 'late') return
  logger.error('A worker does not stop and is killed', { worker: worker.process.pid })
  worker.process.kill('SIGKILL')
  await exited
}

/** Undefined for one that comes too late, or not at all. */
async function answerInTime(answer: Promise<unknown>): Promise<unknown> {
  const late = new AbortController()
  const { signal } = late
  try {
    return await Promise.race([answer, wait(PATIENCE_MS, undefined, { signal, ref: false })])
  } catch {
    return undefined
  } finally {
    late.abort()
  }
}
