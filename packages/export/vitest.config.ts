import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'export', include: ['test/**/*.test.ts'] },
})
