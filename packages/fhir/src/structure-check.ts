import { isPrimitiveType } from '@medplum/core'
import type { Schema, SchemaElement, SchemaSource } from './definitions.ts'
import { brokenInvariants } from './invariants.ts'
import type { Issue } from './issue.ts'
import { idFault, primitiveFault } from './primitives.ts'
import type { RequiredCodes } from './required-codes.ts'
import { isResourceType } from './types.ts'

/** One element under the name it has in JSON: `value[x]` of type Quantity appears as `valueQuantity`. */
interface JsonElement {
  readonly element: SchemaElement
  readonly type: string
  /** `value[x]` where the name stands for one of several types. */
  readonly choice?: string
}

/** Nobody reads more, and a hostile resource must not fill the memory with complaints about itself. */
export const MAX_ISSUES = 200

type JsonObject = Record<string, unknown>

const jsonElements = new WeakMap<Schema, ReadonlyMap<string, JsonElement>>()

function jsonElementsOf(schema: Schema): ReadonlyMap<string, JsonElement> {
  const known = jsonElements.get(schema)
  if (known) return known
  const map = new Map<string, JsonElement>()
  for (const [name, element] of Object.entries(schema.elements)) {
    if (!name.endsWith('[x]')) {
      map.set(name, { element, type: element.type[0]?.code ?? '' })
      continue
    }
    for (const { code } of element.type)
      map.set(name.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1), {
        element,
        type: code,
        choice: name,
      })
  }
  jsonElements.set(schema, map)
  return map
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function containedIdsOf(resource: JsonObject): ReadonlySet<unknown> {
  const contained = resource.contained
  return new Set(Array.isArray(contained) ? contained.map((inner: { id?: unknown } | null) => inner?.id) : [])
}

/** A property's name for a path; a name that no FHIR element has may be anything, even a person's. */
function shownName(key: string): string {
  return /^_?[A-Za-z][A-Za-z0-9]{0,63}$/.test(key) ? key : '(unnamed)'
}

/**
 * Walks a resource along R4's structure and finds what Medplum's validator does not see: unknown properties (also
 * those named like Object.prototype's), two values for one choice, empty arrays and objects, ids, codes of required
 * bindings, days that do not exist, reference targets.
 */
export class StructureCheck {
  readonly issues: Issue[] = []
  /** Paths, in Medplum's spelling (`value[x]`), of primitives that were judged here and not there. */
  readonly judged = new Set<string>()
  /** [Medplum's spelling, ours] of every choice that was met. */
  readonly choices: [string, string][] = []
  /** Where a JSON name was found that no element has: Medplum may then alter what it is given. */
  hasUnknownElement = false
  private readonly source: SchemaSource
  private readonly codes: RequiredCodes
  /** Ids of what the resource being checked contains, for references such as `#p1`. */
  private containedIds: ReadonlySet<unknown> = new Set()

  constructor(source: SchemaSource, codes: RequiredCodes) {
    this.source = source
    this.codes = codes
  }

  checkResource(resource: JsonObject, path: string, alias = path): void {
    const type = resource.resourceType
    const schema = isResourceType(type) ? this.source.schemaOf(type) : undefined
    if (!schema) {
      this.report(path, 'FHIR R4 has no resource of this type.')
      return
    }
    if (typeof resource.id === 'string') this.reportIf(`${path}.id`, idFault(resource.id))
    const isOutermost = !path.includes('.')
    const isContained = /\.contained\[\d+\]$/.test(path)
    const outerIds = this.containedIds
    if (!isContained) this.containedIds = containedIdsOf(resource)
    this.checkObject(resource, schema, path, alias)
    // Medplum evaluates the outermost resource's invariants, all but org-1.
    for (const broken of brokenInvariants(resource, schema, isOutermost ? 'org-1' : undefined))
      this.report(path, broken)
    this.containedIds = outerIds
  }

  private report(path: string, message: string, severity: Issue['severity'] = 'error'): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ severity, path, message })
  }

  private reportIf(path: string, fault: string | undefined): void {
    if (fault) this.report(path, fault)
  }

  private checkObject(object: JsonObject, schema: Schema, path: string, alias: string): void {
    const elements = jsonElementsOf(schema)
    const keys = Object.keys(object)
    if (keys.length === 0) this.report(path, 'An object may not be empty: leave it out.')
    const chosen = new Map<string, string>()
    for (const key of keys) {
      if (key === 'resourceType' && schema.kind === 'resource') continue
      const isExtensionOfPrimitive = key.startsWith('_')
      const name = isExtensionOfPrimitive ? key.slice(1) : key
      const found = elements.get(name)
      const here = `${path}.${shownName(key)}`
      if (!found || (isExtensionOfPrimitive && !isPrimitiveType(found.type))) {
        this.report(here, 'R4 has no such element here.')
        this.hasUnknownElement = true
        continue
      }
      if (found.choice) {
        const other = chosen.get(found.choice)
        if (other !== undefined && other !== name)
          this.report(here, `Only one of ${found.choice} may be given.`)
        chosen.set(found.choice, name)
      }
      const aliasHere = `${alias}.${found.choice ?? key}`
      if (found.choice) this.choices.push([aliasHere, here])
      if (isExtensionOfPrimitive) this.checkPrimitiveExtension(object, key, here, aliasHere)
      else this.checkElement(object[key], found, here, aliasHere)
    }
  }

  private checkElement(value: unknown, found: JsonElement, path: string, alias: string): void {
    if (!Array.isArray(value)) {
      this.checkValue(value, found, path, alias)
      return
    }
    if (value.length === 0) this.report(path, 'An array may not be empty: leave it out.')
    value.forEach((item, place) => {
      this.checkValue(item, found, `${path}[${place}]`, `${alias}[${place}]`)
    })
  }

  private checkValue(value: unknown, found: JsonElement, path: string, alias: string): void {
    if (value === null || value === undefined) return // Medplum says where null may stand
    const { element, type } = found
    if (isPrimitiveType(type)) {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        this.report(path, 'A text, number or boolean is expected here.')
        return
      }
      if (type === 'base64Binary' || type === 'xhtml') this.judged.add(alias)
      this.reportIf(path, primitiveFault(type, value))
      const valueSet = element.binding?.valueSet
      if (valueSet && typeof value === 'string') this.reportIf(path, this.codes.codeFault(valueSet, value))
      return
    }
    if (!isObject(value)) {
      this.report(path, 'An object is expected here.')
      return
    }
    if (type === 'Resource') {
      this.checkResource(value, path, alias)
      return
    }
    if (type === 'Reference') this.checkReference(value, element, path)
    if (type === 'CodeableConcept' && element.binding?.valueSet) {
      const fault = this.codes.conceptFault(element.binding.valueSet, value)
      if (fault) this.report(path, fault.sentence, fault.isError ? 'error' : 'warning')
    }
    const schema = this.source.schemaOf(type)
    if (!schema) return
    this.checkObject(value, schema, path, alias)
    if (schema.kind === 'complex-type')
      for (const broken of brokenInvariants(value, schema)) this.report(path, broken)
  }

  /** `_birthDate` beside `birthDate`; for lists, arrays of one length with nulls where one side has nothing. */
  private checkPrimitiveExtension(object: JsonObject, key: string, path: string, alias: string): void {
    const value = object[key]
    const schema = this.source.schemaOf('Element')
    if (!schema) return
    if (!Array.isArray(value)) {
      if (isObject(value)) this.checkObject(value, schema, path, alias)
      else this.report(path, 'An object is expected here.')
      return
    }
    const partner = object[key.slice(1)]
    if (Array.isArray(partner) && partner.length !== value.length)
      this.report(path, 'This list must be as long as the list of values it belongs to.')
    value.forEach((item, place) => {
      if (isObject(item)) this.checkObject(item, schema, `${path}[${place}]`, `${alias}[${place}]`)
    })
  }

  /** R4 references.html: only a resource of one of the named types may be the target. */
  private checkReference(value: JsonObject, element: SchemaElement, path: string): void {
    const reference = value.reference
    const targets = element.type.find((type) => type.code === 'Reference')?.targetProfile
    if (typeof reference !== 'string') return
    if (reference.startsWith('#') && reference !== '#' && !this.containedIds.has(reference.slice(1)))
      this.report(path, 'Nothing in this resource has the id that is referred to.')
    if (!targets || targets.length === 0) return
    const isAbsolute = /^https?:/.test(reference)
    const match = isAbsolute
      ? reference.match(/\/([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/)
      : reference.match(/^([A-Z][A-Za-z]+)[/?]/)
    const type = match?.[1]
    if (!type || (isAbsolute && !isResourceType(type))) return
    if (targets.some((target) => target.endsWith(`/${type}`))) return
    const names = targets.map((target) => target.slice(target.lastIndexOf('/') + 1)).join(', ')
    this.report(path, `A reference here must lead to: ${names}.`, isAbsolute ? 'warning' : 'error')
  }
}
