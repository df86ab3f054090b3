import { defineConfig } from 'vite'

export default defineConfig({
  // Relative, so that a proxy may put a path before the page.
  base: './',
  build: {
    target: 'es2024',
    // The content security policy forbids data URLs in style sheets.
    assetsInlineLimit: 0,
    assetsDir: 'page',
    // Every browser that runs this target preloads modules by itself.
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
})
