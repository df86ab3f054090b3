import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'archive',
    include: [
      'test/**/*.test.ts',
      ...(process.env['WAYBILL_SOAK'] === undefined ? [] : ['test/**/*.soak.ts']),
    ],
    globalSetup: ['../../test/support/postgres-server.ts'],
  },
})
