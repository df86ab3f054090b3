#!/usr/bin/env node
import { nodeComplaint } from '@waybill/graphql/node-version'

const complaint = nodeComplaint()
if (complaint === null) {
  const { run } = await import('./run.js')
  process.exitCode = await run(process.argv.slice(2), process.env)
} else {
  process.stderr.write(complaint)
  process.exitCode = 1
}
