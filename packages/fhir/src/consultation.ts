/**
 * A consultation from the first letter to the signed record: the form (`form.ts`), its draft, what must be put right,
 * what to think about, the FHIR records it becomes, and reading it back.
 */
export { consultationProblems, type FormProblem } from './consultation/checks.ts'
export { parseDraft, serializeDraft } from './consultation/draft.ts'
export * from './consultation/form.ts'
export { narrativeText } from './consultation/narrative.ts'
export { type SignedConsultation, signedConsultationOf } from './consultation/reading.ts'
export { dosesPerDay, FREQUENCIES, ROUTES, timingOf } from './consultation/regimen.ts'
export {
  addendumRecord,
  type ConsultationContext,
  type ConsultationRecord,
  consultationRecords,
  isLocked,
  prescriptionTitle,
} from './consultation/resources.ts'
export {
  type ConsultationWarning,
  consultationWarnings,
  WARNING_KEYS,
  type WarningContext,
  type WarningKey,
} from './consultation/warnings.ts'
