import { defineConfig } from 'vitest/config'
import { mutation } from './test/mutants/mutation.js'

export default defineConfig({
  plugins: [mutation()],
  test: { name: 'reconcile', include: ['test/**/*.test.ts'] },
})
