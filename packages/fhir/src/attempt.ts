/**
 * What `read` finds in a resource that need not be valid: lists may be objects, objects null. A TypeError means that
 * it is not there; anything else is a fault of ours and goes on.
 */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
