#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { onNewNode } from '@waybill/runtime/new-node'

/**
 * An export leaves little behind that is old, and would still let the heap double before that is collected. So much more than
 * what is live may be there, in percent. V8 takes this from a program that runs, but only before the heap has grown.
 */
const HEAP_GROWTH = 25

if (process.argv[2] === 'export') setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)

process.exitCode = await onNewNode(async (stopped) => {
  const { run } = await import('./run.js')
  return run(process.argv.slice(2), process.env, process, stopped)
})
