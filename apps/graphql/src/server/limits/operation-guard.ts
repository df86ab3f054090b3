import { WaybillError } from '@waybill/core'
import type { ServerLimits } from '@waybill/runtime'
import type { AnswerMeter } from '../../schema/count-answer.js'
import type { HeldBytes } from './held-bytes.js'
import type { Turn } from './turns.js'

/** Ends an operation that goes on too long, or whose answer grows too large, and one whose clients are gone. */
export interface OperationGuard extends AnswerMeter {
  /** Aborted when the operation has to end; its reason is the cause. */
  readonly signal: AbortSignal
  /**
   * Adds a client that waits for the same operation.
   * @param client aborted when it goes away
   * @returns has to be called when it waits no more
   */
  join(client: AbortSignal): () => void
  /** Runs the operation; rejects with the limit that ended it. */
  run<Result>(execute: () => Result | Promise<Result>): Promise<Result>
  /** Ends the operation with an error. */
  refuse(error: Error): void
}

export interface OperationGuardOptions {
  readonly limits: Pick<ServerLimits, 'operationSeconds' | 'maxAnswerBytes' | 'maxHeldBytesPerCaller'>
  /** Aborted when the client goes away. */
  readonly client: AbortSignal
  /** The operation begins when it has its turn; the time until then counts. */
  readonly turn: Turn
  /** What the answer holds of its caller's bytes. */
  readonly held: HeldBytes
}

export function createOperationGuard({ limits, client, turn, held }: OperationGuardOptions): OperationGuard {
  const { operationSeconds, maxAnswerBytes, maxHeldBytesPerCaller } = limits
  const controller = new AbortController()
  let bytes = 0
  let clients = 0
  let failure: Error | undefined

  function refuse(error: Error): void {
    failure ??= error
    controller.abort(failure)
  }

  const end = (message: string): void => refuse(new WaybillError('QUERY_TOO_EXPENSIVE', message))

  // Three times as fast as a signal made of several.
  function join(one: AbortSignal): () => void {
    clients += 1
    const leave = (): void => {
      clients -= 1
      if (clients === 0) controller.abort(one.reason)
    }
    if (one.aborted) leave()
    else one.addEventListener('abort', leave, { once: true })
    return () => {
      one.removeEventListener('abort', leave)
      if (!one.aborted) clients -= 1
    }
  }

  const late = (): void =>
    end(
      `The operation took longer than ${operationSeconds} seconds (server.limits.operationSeconds). Ask for fewer messages or details, or for a shorter span of time.`,
    )

  return {
    signal: controller.signal,
    join,
    refuse,
    count: (more) => {
      bytes += more
      if (bytes > maxAnswerBytes) {
        end(
          `The answer has more than ${maxAnswerBytes} bytes (server.limits.maxAnswerBytes). Ask for fewer messages (\`first\`), or fewer fields.`,
        )
        return false
      }
      if (held.add(more)) return true
      end(
        `Your answers that are being made or were not read yet have more than ${maxHeldBytesPerCaller} bytes together (server.limits.maxHeldBytesPerCaller). Read them, and send fewer queries at a time.`,
      )
      return false
    },
    run: async (execute) => {
      const timer = setTimeout(late, operationSeconds * 1000)
      const stopWaiting = join(client)
      try {
        await turn.take()
        controller.signal.throwIfAborted()
        const result = await execute()
        if (failure !== undefined) throw failure
        return result
      } catch (error) {
        throw failure ?? error
      } finally {
        clearTimeout(timer)
        // A subscription has an operation for each of its events.
        stopWaiting()
        turn.giveBack()
      }
    },
  }
}
