import { type Child, startChild } from '../measure/child.ts'
import type { HonestAnswer } from './query-honestly.ts'

/** Somebody who reads the newest messages again and again while others attack, in a process of their own. */
export interface HonestClient extends AsyncDisposable {
  /**
   * The slowest answer that was waited for in a span of time, in milliseconds.
   * @param span in milliseconds since the epoch
   * @throws Error when an answer was not right
   */
  slowest(span: { readonly from: number; readonly to: number }): Promise<number>
}

export function startHonestClient(url: string): HonestClient {
  const child: Child = startChild(new URL('query-honestly.ts', import.meta.url), url)
  const answers: HonestAnswer[] = []
  let last: HonestAnswer = { begunAt: 0, ms: 0, isRight: true }
  return {
    slowest: async ({ from, to }) => {
      while (last.begunAt <= to) {
        last = (await child.next()) as HonestAnswer
        if (!last.isRight) throw new Error('An honest query was not answered.')
        answers.push(last)
      }
      const inside = answers.filter(({ begunAt, ms }) => begunAt <= to && begunAt + ms >= from)
      return Math.max(0, ...inside.map(({ ms }) => ms))
    },
    [Symbol.asyncDispose]: () => child.end(),
  }
}
