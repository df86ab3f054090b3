import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'provider-wacr', include: ['test/**/*.test.ts'] },
})
