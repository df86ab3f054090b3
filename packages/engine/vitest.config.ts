import { defineConfig } from 'vitest/config'
import { mutation } from './test/mutants/mutation.js'

export default defineConfig({
  plugins: [mutation()],
  test: { name: 'engine', include: ['test/**/*.test.ts'] },
})
