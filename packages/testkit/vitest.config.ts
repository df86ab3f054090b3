import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The guide's code imports the package by its name, as its readers do.
  resolve: { alias: { '@waybill/testkit': `${import.meta.dirname}/src/index.ts` } },
  test: { name: 'testkit', include: ['test/**/*.test.ts'] },
})
