import { useEffect, useState } from 'preact/hooks'

/** The height of every row in pixels, as the style says: `--row-height`, in rem. */
export function useRowHeight(): number {
  const [height, setHeight] = useState(readRowHeight)
  useEffect(() => {
    const update = (): void => setHeight(readRowHeight())
    addEventListener('resize', update)
    return () => removeEventListener('resize', update)
  }, [])
  return height
}

function readRowHeight(): number {
  const style = getComputedStyle(document.documentElement)
  const rem = Number.parseFloat(style.fontSize)
  return Math.round(Number.parseFloat(style.getPropertyValue('--row-height')) * rem)
}
