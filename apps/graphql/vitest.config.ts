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
    include: ['test/**/*.test.ts'],
    globalSetup: [
      'test/server/support/leak-check.ts',
      'test/clients/support/built-server.ts',
      '../../test/support/postgres-server.ts',
    ],
  },
})
