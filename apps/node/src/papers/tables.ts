import type { Paper } from '@curo/contract/papers'

export type PaperTables = {
  papers: {
    id: string
    patient: string
    kind: Paper['kind']
    type: Paper['type']
    size: number
    bytes: Buffer
    added_by: string
    created_at: Date
  }
  paper_readings: { paper: string; account: string; at: Date }
}
