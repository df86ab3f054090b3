import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { texts } from '../texts/texts.js'
import { NotLoaded } from './not-loaded.js'

/**
 * A part of the page whose script is loaded when it is first shown.
 *
 * @param load imports it, with a type for its properties
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element {
  let loaded: ComponentType<Props> | null = null
  return function Lazy(props: Props): JSX.Element {
    const [state, setState] = useState<'loading' | 'ready' | 'failed'>(loaded === null ? 'loading' : 'ready')
    useEffect(() => {
      if (loaded === null) void begin()
    }, [])

    async function begin(): Promise<void> {
      try {
        loaded = await load()
        setState('ready')
      } catch {
        setState('failed')
      }
    }

    if (state === 'ready' && loaded !== null) {
      const Part = loaded
      return <Part {...props} />
    }
    if (state === 'loading') return <p role="status">{texts.list.loading}</p>
    return <NotLoaded />
  }
}
