#!/usr/bin/env node
import { onNewNode } from '@waybill/runtime/new-node'

process.exitCode = await onNewNode(async (stopped) => {
  const { run } = await import('./run.js')
  return run(process.argv.slice(2), process.env, process, stopped)
})
