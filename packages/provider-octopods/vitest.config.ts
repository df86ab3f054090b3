import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'provider-octopods', include: ['test/**/*.test.ts'] },
})
