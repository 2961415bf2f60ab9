export const REQUEST_COLOURS = {
  pending: 'yellow',
  granted: 'curo',
  refused: 'red',
  expired: 'gray',
} as const
