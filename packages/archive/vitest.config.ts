import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'archive',
    include: ['test/**/*.test.ts'],
    globalSetup: ['../../test/support/postgres-server.ts'],
  },
})
