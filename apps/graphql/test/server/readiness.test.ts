import { expect, test } from 'vitest'
import { createReadiness } from '../../src/server/readiness.js'

interface Asked {
  readonly ping: () => Promise<void>
  /** The end of each question. */
  readonly questions: PromiseWithResolvers<void>[]
}

function archive(): Asked {
  const questions: PromiseWithResolvers<void>[] = []
  return {
    questions,
    ping: () => {
      const question = Promise.withResolvers<void>()
      questions.push(question)
      return question.promise
    },
  }
}

test('however many ask at the same time, the archive is asked once, and again for the next one', async () => {
  const { ping, questions } = archive()
  const findReason = createReadiness(new AbortController().signal, { ping })
  const first = Array.from({ length: 100 }, findReason)
  expect(questions).toHaveLength(1)
  questions[0]?.resolve()
  expect(new Set(await Promise.all(first))).toEqual(new Set([null]))

  const second = [findReason(), findReason()]
  expect(questions).toHaveLength(2)
  questions[1]?.reject(new Error('gone'))
  expect(await Promise.all(second)).toMatchObject([
    { status: 'archive unavailable' },
    { status: 'archive unavailable' },
  ])
})

test('a server that stops is not ready, and asks no archive', async () => {
  const { ping, questions } = archive()
  const findReason = createReadiness(AbortSignal.abort(), { ping })
  expect(await findReason()).toMatchObject({ status: 'closing' })
  expect(questions).toEqual([])
})
