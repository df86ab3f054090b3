export { createEngine, type EngineOptions } from './create-engine.js'
export * from './engine.js'
export type { EngineObserver } from './fetch/engine-observer.js'
export type { PageStoreLimits } from './fetch/page-store.js'
