import { useEffect, useState } from 'preact/hooks'

/**
 * Whether the page itself can still be scrolled down, as it can where the window is low. Until it is at its end the list does
 * not scroll: otherwise the wheel over a strip of the list would move the rows in that strip, and never bring the list into sight.
 */
export function usePageScrollsFirst(): boolean {
  const [isBeforeEnd, setIsBeforeEnd] = useState(false)
  useEffect(() => {
    const update = (): void => {
      const { scrollTop, clientHeight, scrollHeight } = document.documentElement
      setIsBeforeEnd(scrollHeight - clientHeight - scrollTop > 1)
    }
    // What is above the list changes its height when counts arrive.
    const observer = new ResizeObserver(update)
    for (const part of document.querySelectorAll('main > *, .header')) observer.observe(part)
    addEventListener('scroll', update, { passive: true })
    addEventListener('resize', update)
    update()
    return () => {
      observer.disconnect()
      removeEventListener('scroll', update)
      removeEventListener('resize', update)
    }
  }, [])
  return isBeforeEnd
}
