import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether what had the focus is gone from the page, which leaves it nowhere. */
const isFocusLost = () => document.activeElement === null || document.activeElement === document.body

/**
 * What takes the place of what had the focus takes the focus too: nobody begins at the top of the page again.
 * @param place which one it is: the next takes the focus from the one before
 */
export function useArrival<T extends HTMLElement>(place = ''): RefObject<T | null> {
  const arrived = useRef<T>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another arrival
  useEffect(() => {
    if (isFocusLost()) arrived.current?.focus({ preventScroll: true })
  }, [place])
  return arrived
}

/**
 * For a dialog that is there only while it is open: whoever opened it has the focus again when it goes.
 * @param otherwise where what opened it may be gone by then
 */
export function useReturnFocus(otherwise?: RefObject<HTMLElement | null>): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      const back = opener?.isConnected ? opener : otherwise?.current
      if (back instanceof HTMLElement && isFocusLost()) back.focus({ preventScroll: true })
    },
    [opener, otherwise],
  )
}
