import { runWorker } from './worker.js'

process.exitCode = await runWorker(process)
