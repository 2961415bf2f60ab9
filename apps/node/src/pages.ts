import { CuroError } from '@curo/crypto/errors'
import { type ExpressionBuilder, sql } from 'kysely'

/** Where a page of a list ordered by (created_at desc, id desc) begins: after this row. */
export type Place = { readonly at: Date; readonly id: string }

/** @throws CuroError 'invalid-input' for a place that no page gave */
export function readPlace(after: string | undefined): Place | null {
  if (after === undefined) return null
  const [, time, id] = /^(\d{1,15})\.([A-Za-z0-9_-]{22})$/.exec(after) ?? []
  if (time === undefined || id === undefined)
    throw new CuroError('invalid-input', 'This page is not one of the list: start from its beginning.')
  return { at: new Date(Number(time)), id }
}

/** The condition that a row comes after the place, and true where there is none. */
export function comesAfter(place: Place | null) {
  return <DB, TB extends keyof DB>(_of: ExpressionBuilder<DB, TB>) =>
    place ? sql<boolean>`(created_at, id) < (${place.at}, ${place.id})` : sql<boolean>`true`
}

/** Of `limit + 1` rows asked for, the page and where the next one begins. */
export function pageOf<Row extends { created_at: Date; id: string }>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; next: string | null } {
  const last = rows[limit - 1]
  return {
    page: rows.slice(0, limit),
    next: rows.length > limit && last ? `${last.created_at.getTime()}.${last.id}` : null,
  }
}
