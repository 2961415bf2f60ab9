import { OperationOutcomeError, validateResource as validateWithMedplum } from '@medplum/core'
import type { Resource as MedplumResource, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { loadDefinitions, type R4Definitions } from './definitions.ts'
import type { Issue } from './issue.ts'
import { deepestLevel } from './nesting.ts'
import { makeRequiredCodes } from './required-codes.ts'
import { MAX_ISSUES, StructureCheck } from './structure-check.ts'
import { isResourceType } from './types.ts'

export type { R4Definitions } from './definitions.ts'
export type { Issue } from './issue.ts'

/** Levels of objects and arrays; real resources stay under 30. */
export const MAX_DEPTH = 100

export interface Validator {
  /** What is wrong with the resource (the first 400 findings); no issue of severity `error` means that it is valid R4. Never throws. */
  validateResource(resource: unknown): Issue[]
}

/** Medplum's complaints that StructureCheck makes better, or that are wrong (references into a transaction). */
const REPLACED = /^(Invalid additional property|Conflicting choice of type|Invalid reference: got)/

function medplumIssues(resource: MedplumResource): readonly OperationOutcomeIssue[] {
  try {
    return validateWithMedplum(resource)
  } catch (error) {
    if (error instanceof OperationOutcomeError) return error.outcome.issue ?? []
    const text = 'This resource could not be checked: its structure is not that of a FHIR resource.'
    return [{ severity: 'error', code: 'exception', details: { text } }]
  }
}

/** `Observation.value[x].unit` → `Observation.valueQuantity.unit` */
function jsonPath(path: string, choices: readonly [string, string][]): string {
  let best: [string, string] | undefined
  for (const choice of choices) {
    const [alias] = choice
    const isPrefix = path === alias || path.startsWith(`${alias}.`) || path.startsWith(`${alias}[`)
    if (isPrefix && alias.length > (best?.[0].length ?? 0)) best = choice
  }
  return best ? best[1] + path.slice(best[0].length) : path
}

/**
 * A validator for FHIR R4 (4.0.1): structure, cardinality, primitives, invariants, required codes, references.
 * @param definitions the parsed content of the file at `definitionsUrl`
 * @throws TypeError when the definitions are something else
 */
export function makeValidator(definitions: R4Definitions): Validator {
  const source = loadDefinitions(definitions)
  const codes = makeRequiredCodes(definitions.codes)
  return {
    validateResource(resource) {
      if (typeof resource !== 'object' || resource === null || Array.isArray(resource))
        return [{ severity: 'error', path: '', message: 'A FHIR resource is a JSON object.' }]
      const type = (resource as { resourceType?: unknown }).resourceType
      if (!Object.hasOwn(resource, 'resourceType') || typeof type !== 'string')
        return [{ severity: 'error', path: '', message: 'The resourceType is missing.' }]
      if (!isResourceType(type))
        return [{ severity: 'error', path: '', message: 'FHIR R4 has no resource of this type.' }]
      if (deepestLevel(resource, MAX_DEPTH) > MAX_DEPTH)
        return [{ severity: 'error', path: type, message: `Nested deeper than ${MAX_DEPTH} levels.` }]

      const check = new StructureCheck(source, codes)
      check.checkResource(resource as Record<string, unknown>, type)
      const issues = [...check.issues]
      const faulty = new Set(issues.map((issue) => issue.path))
      const given = (check.hasUnknownElement ? structuredClone(resource) : resource) as MedplumResource
      for (const issue of medplumIssues(given).slice(0, MAX_ISSUES)) {
        const alias = issue.expression?.[0] ?? ''
        const message = issue.details?.text ?? 'Not valid.'
        if (check.judged.has(alias) || REPLACED.test(message)) continue
        const path = jsonPath(alias, check.choices)
        if (faulty.has(path)) continue
        issues.push({ severity: issue.severity === 'error' ? 'error' : 'warning', path, message })
      }
      return issues
    },
  }
}
