import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'web',
    include: [
      'test/**/*.test.ts',
      ...(process.env['WAYBILL_SOAK'] === undefined ? [] : ['test/**/*.soak.ts']),
    ],
    globalSetup: ['test/browser/support/shared-browser.ts'],
    // A loaded machine needs some seconds for what a browser does at once elsewhere.
    expect: { poll: { timeout: 60_000 } },
  },
})
