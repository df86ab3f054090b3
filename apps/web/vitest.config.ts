import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'web',
    include: [
      'test/**/*.test.ts',
      ...(process.env['WAYBILL_SOAK'] === undefined ? [] : ['test/**/*.soak.ts']),
    ],
    globalSetup: ['test/browser/support/shared-browser.ts'],
  },
})
