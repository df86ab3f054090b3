import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskKind } from '../../../src/sync/step/failure.js'
import { type Choice, chooseTask, type Task } from '../../../src/sync/turn/choose-task.js'

const NOW = Date.UTC(2026, 3, 24)
const KINDS: readonly TaskKind[] = ['head', 'changes', 'recheck', 'reconcile']

function task(kind: TaskKind, fields: Partial<Task> = {}): Task {
  return { kind, wantedAt: NOW, restUntil: 0, freeAt: 0, urgentAt: Number.POSITIVE_INFINITY, ...fields }
}

function choose(tasks: readonly Task[], done: readonly TaskKind[] = []): Choice {
  return chooseTask(tasks, NOW, new Map(done.map((kind, turn) => [kind, turn])))
}

describe('what there is to do', () => {
  it('is done by turns, the most urgent of what was never done first', () => {
    const tasks = KINDS.map((kind) => task(kind))
    expect(choose(tasks).task?.kind).toBe('head')
    expect(choose(tasks, ['head']).task?.kind).toBe('changes')
    expect(choose(tasks, ['reconcile', 'head', 'recheck', 'changes']).task?.kind).toBe('reconcile')
  })

  it('comes to everything within as many turns as there are tasks, whatever was done before', () => {
    fc.assert(
      fc.property(
        fc.subarray([...KINDS], { minLength: 1 }),
        fc.array(fc.constantFrom(...KINDS)),
        (due, past) => {
          const tasks = due.map((kind) => task(kind))
          const done = new Set<TaskKind | undefined>()
          const turns = new Map(past.map((kind, turn) => [kind, turn]))
          for (const [turn] of due.entries()) {
            const { task: next } = chooseTask(tasks, NOW, turns)
            if (next !== null) turns.set(next.kind, past.length + turn)
            done.add(next?.kind)
          }
          expect(done).toEqual(new Set(due))
        },
      ),
    )
  })

  it('waits for its turn to be affordable, and for nothing that comes later', () => {
    const tasks = [task('head'), task('reconcile', { freeAt: NOW + 700 })]
    expect(choose(tasks, ['reconcile', 'head'])).toEqual({
      task: null,
      at: NOW + 700,
      waitsFor: 'rate-limit',
    })
    expect(choose(tasks, ['head', 'reconcile']).task?.kind).toBe('head')
  })

  it('is polled first once that can be put off no longer', () => {
    const settle = task('recheck', { freeAt: NOW + 700 })
    const turns = ['recheck', 'head'] as const
    expect(choose([task('head', { urgentAt: NOW }), settle], turns).task?.kind).toBe('head')
    expect(choose([task('head', { urgentAt: NOW + 300 }), settle], turns)).toEqual({
      task: null,
      at: NOW + 300,
      waitsFor: 'rate-limit',
    })
  })

  it('is left alone after a failure, while the rest goes on', () => {
    const resting = task('reconcile', { restUntil: NOW + 5000 })
    expect(choose([task('head'), resting], ['reconcile', 'head']).task?.kind).toBe('head')
    expect(choose([task('head', { wantedAt: NOW + 9000 }), resting])).toEqual({
      task: null,
      at: NOW + 5000,
      waitsFor: 'retry',
    })
  })

  it('is nothing where nothing is planned', () => {
    expect(choose([])).toEqual({ task: null, at: Number.POSITIVE_INFINITY, waitsFor: 'schedule' })
  })
})
