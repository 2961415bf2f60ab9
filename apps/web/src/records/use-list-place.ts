import { useLayoutEffect, useRef } from 'react'

/** Remembers how far the page was scrolled when its list went away, and goes back there with it. */
export function useListPlace(isAway: boolean): void {
  const place = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (isAway) {
      window.scrollTo(0, 0)
      return
    }
    if (place.current !== null) window.scrollTo(0, place.current)
    // In the same step as the list goes: the page is shorter then, and would say so.
    const note = () => {
      place.current = window.scrollY
    }
    addEventListener('scroll', note, { passive: true })
    return () => removeEventListener('scroll', note)
  }, [isAway])
}
