import type { TestProject } from 'vitest/node'
import { shareBrowser } from '../../../../../test/support/browser.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one Chromium of all test files is connected to. */
    browserEndpoint: string
  }
}

/** Starts one Chromium for all test files of the project: to unpack and start it costs more than most of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { endpoint, close } = await shareBrowser()
  project.provide('browserEndpoint', endpoint)
  return close
}
