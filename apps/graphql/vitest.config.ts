import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Vite would choose another of the package's entries than Node does for our dependencies, and graphql refuses types
    // that come from another copy of itself.
    alias: { graphql: fileURLToPath(import.meta.resolve('graphql')) },
  },
  test: {
    name: 'graphql',
    // What waits for processes and disks for minutes is part of `test:soak` only.
    include: [
      'test/**/*.test.ts',
      ...(process.env['WAYBILL_SOAK'] === undefined ? [] : ['test/**/*.soak.ts']),
    ],
    globalSetup: [
      'test/server/support/leak-check.ts',
      'test/clients/support/built-server.ts',
      '../../test/support/postgres-server.ts',
    ],
  },
})
