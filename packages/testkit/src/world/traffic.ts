import type { Failure } from './failure.js'
import type { ConformanceWorld } from './world.js'

/** The HTTP requests that reach an upstream, watched and broken. */
export interface Traffic {
  fail(failure: Failure): void | Promise<void>
  requests(): number
}

/** @returns null where there is none. @throws TypeError for a world that can watch it and not break it, or the reverse. */
export function trafficOf(world: ConformanceWorld): Traffic | null {
  const { fail, requests } = world
  if (fail === undefined && requests === undefined) return null
  if (fail === undefined || requests === undefined) {
    throw new TypeError(
      'A world has both of fail and requests, or neither: a provider without HTTP requests.',
    )
  }
  return { fail: fail.bind(world), requests: requests.bind(world) }
}
